// Tags of resources, as requests bring them and documents keep them. (An image's tag is another thing of the same name.)

import type { Tag } from "@aws-sdk/client-ecr";
import { AwsError } from "../../protocol/aws-error.js";

/** AWS's limit of tags on a resource. */
const resourceTagsMax = 50;

/** Tags of a resource after more have been added. @throws AwsError InvalidTagParameterException, TooManyTagsException */
export function withTags(
  tags: Readonly<Record<string, string>>,
  added: readonly Tag[] | undefined,
): Readonly<Record<string, string>> {
  const all = { ...tags };
  for (const { Key, Value } of added ?? []) {
    if (!Key || Key.startsWith("aws:")) {
      throw new AwsError("InvalidTagParameterException", 400, `Invalid tag key '${Key ?? ""}'`);
    }
    all[Key] = Value ?? "";
  }
  const count = Object.keys(all).length;
  if (count > resourceTagsMax) {
    throw new AwsError("TooManyTagsException", 400, `A repository can have ${resourceTagsMax} tags, found ${count}`);
  }
  return all;
}

export const tagList = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
