import type { Place } from "../../service-interfaces.js";
import { constraintViolated } from "./errors.js";
import { type FunctionReference, parseFunctionName } from "./function-name.js";

/** The function of a tagging operation. Only functions have tags, not their versions. @throws AwsError ValidationException */
export function taggedFunction(arn: string | undefined, place: Place): FunctionReference {
  const text = arn ?? "";
  if (!text.startsWith("arn:")) {
    throw constraintViolated(
      "resource",
      text,
      "Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12})",
    );
  }
  return { ...parseFunctionName(text, place), qualifier: undefined };
}
