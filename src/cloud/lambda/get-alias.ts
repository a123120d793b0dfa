import type { Handler } from "../protocol/operation.js";
import { describeAlias, existingAlias } from "./function/alias.js";
import { parseFunctionName } from "./function/function-name.js";
import { findFunction } from "./function/lookup.js";
import type { LambdaState } from "./state.js";

export const getAlias: Handler<"lambda", "GetAlias", LambdaState> = (input, state, call) => {
  const reference = parseFunctionName(input.FunctionName, call);
  findFunction(state, reference);
  return describeAlias(existingAlias(state, reference, input.Name ?? ""), reference);
};
