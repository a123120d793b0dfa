import type { Handler } from "../../protocol/operation.js";
import { findFunction, keyOf } from "../function/lookup.js";
import { checkTags, taggedFunction } from "../function/tags.js";
import type { LambdaState } from "../state.js";

export const tagResource: Handler<"lambda", "TagResource", LambdaState> = (input, state, call) => {
  const reference = taggedFunction(input.Resource, call);
  const found = findFunction(state, reference);
  state.functions.put(keyOf(reference), { ...found, tags: checkTags({ ...found.tags, ...input.Tags }) });
  return {};
};

export const untagResource: Handler<"lambda", "UntagResource", LambdaState> = (input, state, call) => {
  const reference = taggedFunction(input.Resource, call);
  const found = findFunction(state, reference);
  const removed = new Set(input.TagKeys ?? []);
  const tags = Object.fromEntries(Object.entries(found.tags).filter(([key]) => !removed.has(key)));
  state.functions.put(keyOf(reference), { ...found, tags });
  return {};
};

export const listTags: Handler<"lambda", "ListTags", LambdaState> = (input, state, call) => ({
  Tags: { ...findFunction(state, taggedFunction(input.Resource, call)).tags },
});
