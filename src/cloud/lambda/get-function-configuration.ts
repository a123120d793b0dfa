import type { Handler } from "../protocol/operation.js";
import { describeFunction } from "./function/describe.js";
import { parseFunctionName } from "./function/function-name.js";
import { findFunction, findVersion } from "./function/lookup.js";
import type { LambdaState } from "./state.js";

export const getFunctionConfiguration: Handler<"lambda", "GetFunctionConfiguration", LambdaState> = (
  input,
  state,
  call,
) => {
  const reference = parseFunctionName(input.FunctionName, call, input.Qualifier);
  findFunction(state, reference);
  return describeFunction(findVersion(state, reference), reference, reference.qualifier);
};
