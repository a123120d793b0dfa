import type { Handler } from "../../protocol/operation.js";
import { notFound } from "../function/errors.js";
import { functionArn, latest, parseFunctionName } from "../function/function-name.js";
import { findFunction, findVersion } from "../function/lookup.js";
import type { LambdaState } from "../state.js";

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

/** No function of this cloud has one. AWS's response is then the name and an empty ARN. */
export const getFunctionCodeSigningConfig: Handler<"lambda", "GetFunctionCodeSigningConfig", LambdaState> = (
  input,
  state,
  call,
) => ({
  CodeSigningConfigArn: "",
  FunctionName: findFunction(state, parseFunctionName(input.FunctionName, call)).name,
});

/**
 * Functions of this cloud have Lambda's defaults for asynchronous invocation, for which AWS returns no configuration.
 */
export const getFunctionEventInvokeConfig: Handler<"lambda", "GetFunctionEventInvokeConfig", LambdaState> = (
  input,
  state,
  call,
) => {
  const reference = parseFunctionName(input.FunctionName, call, input.Qualifier);
  findFunction(state, reference);
  const arn = functionArn({ ...reference, qualifier: reference.qualifier ?? latest });
  throw notFound(`The function ${arn} doesn't have an EventInvokeConfig`);
};
