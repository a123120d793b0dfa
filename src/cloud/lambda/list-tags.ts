import type { Handler } from "../protocol/operation.js";
import { findFunction } from "./function/lookup.js";
import { taggedFunction } from "./function/tagged.js";
import type { LambdaState } from "./state.js";

export const listTags: Handler<"lambda", "ListTags", LambdaState> = (input, state, call) => ({
  Tags: { ...findFunction(state, taggedFunction(input.Resource, call)).tags },
});
