import type { AccountRegion } from "../../service-interfaces.js";
import { constraintViolated, invalidParameter } from "./errors.js";
import { type FunctionReference, parseFunctionName } from "./function-name.js";

/** AWS's limits on tags of a resource. */
const tagsMax = 50;
const keyLengthMax = 128;
const valueLengthMax = 256;

/** @throws AwsError InvalidParameterValueException */
export function checkTags(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const entries = Object.entries(tags);
  if (entries.length > tagsMax)
    throw invalidParameter(`Number of tags exceeds resource tag limit: ${tagsMax}, found ${entries.length}`);
  for (const [key, value] of entries) {
    if (key === "" || key.length > keyLengthMax || key.startsWith("aws:"))
      throw invalidParameter(`The tag key '${key}' is not valid`);
    if (value.length > valueLengthMax) {
      throw invalidParameter(`The value of tag '${key}' has ${value.length} characters, at most ${valueLengthMax}`);
    }
  }
  return tags;
}

/**
 * The function of a tagging operation. Only functions have tags, not their versions.
 * @throws AwsError ValidationException
 */
export function taggedFunction(arn: string | undefined, accountRegion: AccountRegion): FunctionReference {
  const text = arn ?? "";
  if (!text.startsWith("arn:")) {
    throw constraintViolated(
      "resource",
      text,
      "Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12})",
    );
  }
  return { ...parseFunctionName(text, accountRegion), qualifier: undefined };
}
