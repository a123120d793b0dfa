import type { Handler } from "../../protocol/operation.js";
import { findRepository } from "../content/repositories.js";
import { repositoryOfArn } from "../names.js";
import type { EcrState } from "../state.js";
import { tagList } from "./resource-tags.js";

export const listTagsForResource: Handler<"ecr", "ListTagsForResource", EcrState> = (input, state, call) => ({
  tags: tagList(findRepository(state, repositoryOfArn(input.resourceArn, call)).tags),
});
