import type { Tag } from "@aws-sdk/client-ecr";
import { AwsError } from "../../protocol/aws-error.js";
import type { Handler } from "../../protocol/operation.js";
import { changeRepository, requireRepository } from "../content/repositories.js";
import { repositoryOfArn } from "../names.js";
import type { EcrState } from "../state.js";

export const tagResource: Handler<"ecr", "TagResource", EcrState> = (input, state, call) => {
  const repositoryId = repositoryOfArn(input.resourceArn, call);
  const { tags } = requireRepository(state, repositoryId);
  changeRepository(state, repositoryId, { tags: withTags(tags, input.tags) });
  return {};
};

export const untagResource: Handler<"ecr", "UntagResource", EcrState> = (input, state, call) => {
  const repositoryId = repositoryOfArn(input.resourceArn, call);
  const { tags } = requireRepository(state, repositoryId);
  const removed = new Set(input.tagKeys ?? []);
  changeRepository(state, repositoryId, {
    tags: Object.fromEntries(Object.entries(tags).filter(([key]) => !removed.has(key))),
  });
  return {};
};

export const listTagsForResource: Handler<"ecr", "ListTagsForResource", EcrState> = (input, state, call) => ({
  tags: tagList(requireRepository(state, repositoryOfArn(input.resourceArn, call)).tags),
});

// Tags of repositories, in requests and in documents. (Tags of images are something else.)

/** AWS's limit of tags on a resource. */
const resourceTagsMax = 50;

/**
 * The tags of a resource with others added; a tag with the same key is replaced.
 * @throws AwsError InvalidTagParameterException, TooManyTagsException
 */
export function withTags(
  tags: Readonly<Record<string, string>>,
  added: readonly Tag[] | undefined,
): Readonly<Record<string, string>> {
  const all = { ...tags };
  for (const { Key, Value } of added ?? []) {
    if (!Key || Key.startsWith("aws:")) {
      throw new AwsError<"ecr">("InvalidTagParameterException", 400, `Invalid tag key '${Key ?? ""}'`);
    }
    all[Key] = Value ?? "";
  }
  const count = Object.keys(all).length;
  if (count > resourceTagsMax) {
    throw new AwsError<"ecr">(
      "TooManyTagsException",
      400,
      `A repository can have ${resourceTagsMax} tags, found ${count}`,
    );
  }
  return all;
}

const tagList = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
