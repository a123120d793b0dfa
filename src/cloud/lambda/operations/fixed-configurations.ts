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

/** No function here has one: AWS then answers with the name alone, and an empty ARN. */
export const getFunctionCodeSigningConfig: Handler<"lambda", "GetFunctionCodeSigningConfig", LambdaState> = (
  input,
  state,
  call,
) => ({
  CodeSigningConfigArn: "",
  FunctionName: findFunction(state, parseFunctionName(input.FunctionName, call)).name,
});

/** Functions here keep Lambda's defaults for asynchronous invocation, which AWS shows as no configuration at all. */
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
