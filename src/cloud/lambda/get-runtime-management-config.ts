import type { Handler } from "../protocol/operation.js";
import { functionArn, latest, parseFunctionName } from "./function/function-name.js";
import { findFunction, findVersion } from "./function/lookup.js";
import type { LambdaState } from "./state.js";

export const getRuntimeManagementConfig: Handler<"lambda", "GetRuntimeManagementConfig", LambdaState> = (
  input,
  state,
  call,
) => {
  const reference = parseFunctionName(input.FunctionName, call, input.Qualifier);
  findFunction(state, reference);
  findVersion(state, reference);
  return {
    UpdateRuntimeOn: "Auto",
    FunctionArn: functionArn({ ...reference, qualifier: reference.qualifier ?? latest }),
  };
};
