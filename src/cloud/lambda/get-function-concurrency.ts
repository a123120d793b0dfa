import type { Handler } from "../protocol/operation.js";
import { parseFunctionName } from "./function/function-name.js";
import { findFunction } from "./function/lookup.js";
import type { LambdaState } from "./state.js";

export const getFunctionConcurrency: Handler<"lambda", "GetFunctionConcurrency", LambdaState> = (
  input,
  state,
  call,
) => ({
  ReservedConcurrentExecutions: findFunction(state, parseFunctionName(input.FunctionName, call)).reservedConcurrency,
});
