import type { Handler } from "../protocol/operation.js";
import { parseFunctionName } from "./function/function-name.js";
import { findFunction } from "./function/lookup.js";
import type { LambdaState } from "./state.js";

/** No function here has one: AWS then answers with the name alone, and an empty ARN. */
export const getFunctionCodeSigningConfig: Handler<"lambda", "GetFunctionCodeSigningConfig", LambdaState> = (
  input,
  state,
  call,
) => ({
  CodeSigningConfigArn: "",
  FunctionName: findFunction(state, parseFunctionName(input.FunctionName, call)).name,
});
