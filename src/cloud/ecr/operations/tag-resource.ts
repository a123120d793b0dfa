import type { Handler } from "../../protocol/operation.js";
import { changeRepository, findRepository } from "../content/repositories.js";
import { repositoryOfArn } from "../names.js";
import type { EcrState } from "../state.js";
import { withTags } from "./resource-tags.js";

export const tagResource: Handler<"ecr", "TagResource", EcrState> = (input, state, call) => {
  const place = repositoryOfArn(input.resourceArn, call);
  const { tags } = findRepository(state, place);
  changeRepository(state, place, { tags: withTags(tags, input.tags) });
  return {};
};
