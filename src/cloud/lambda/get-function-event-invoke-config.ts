import type { Handler } from "../protocol/operation.js";
import { notFound } from "./function/errors.js";
import { functionArn, latest, parseFunctionName } from "./function/function-name.js";
import { findFunction } from "./function/lookup.js";
import type { LambdaState } from "./state.js";

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
