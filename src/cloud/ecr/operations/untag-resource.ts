import type { Handler } from "../../protocol/operation.js";
import { changeRepository, findRepository } from "../content/repositories.js";
import { repositoryOfArn } from "../names.js";
import type { EcrState } from "../state.js";

export const untagResource: Handler<"ecr", "UntagResource", EcrState> = (input, state, call) => {
  const place = repositoryOfArn(input.resourceArn, call);
  const { tags } = findRepository(state, place);
  const removed = new Set(input.tagKeys ?? []);
  changeRepository(state, place, {
    tags: Object.fromEntries(Object.entries(tags).filter(([key]) => !removed.has(key))),
  });
  return {};
};
