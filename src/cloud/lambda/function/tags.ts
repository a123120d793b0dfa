import { invalidParameter } from "./errors.js";

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
