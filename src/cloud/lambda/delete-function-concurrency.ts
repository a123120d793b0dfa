import type { Handler } from "../protocol/operation.js";
import { parseFunctionName } from "./function/function-name.js";
import { findFunction, keyOf } from "./function/lookup.js";
import type { LambdaState } from "./state.js";

export const deleteFunctionConcurrency: Handler<"lambda", "DeleteFunctionConcurrency", LambdaState> = (
  input,
  state,
  call,
) => {
  const reference = parseFunctionName(input.FunctionName, call);
  const { reservedConcurrency: _reserved, ...rest } = findFunction(state, reference);
  state.functions.put(keyOf(reference), rest);
  return {};
};
