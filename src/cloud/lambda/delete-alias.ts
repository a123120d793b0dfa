import type { Handler } from "../protocol/operation.js";
import { parseFunctionName } from "./function/function-name.js";
import { findFunction, keyOf } from "./function/lookup.js";
import type { LambdaState } from "./state.js";

/** An alias that is not there is deleted already. */
export const deleteAlias: Handler<"lambda", "DeleteAlias", LambdaState> = (input, state, call) => {
  const reference = parseFunctionName(input.FunctionName, call);
  findFunction(state, reference);
  const name = input.Name ?? "";
  state.store.write(() => {
    state.aliases.remove(keyOf(reference, name));
    state.policies.remove(keyOf(reference, name));
  });
  return {};
};
