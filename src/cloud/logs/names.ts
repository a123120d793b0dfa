import { checkString, rejectViolations, type StringRule, type Violation } from "../protocol/constraint.js";
import { invalidParameter } from "./errors.js";

const groupNameRule: StringRule = { charactersMin: 1, charactersMax: 512, pattern: "[\\.\\-_/#A-Za-z0-9]+" };
const streamNameRule: StringRule = { charactersMin: 1, charactersMax: 512, pattern: "[^:*]*" };
/** AWS's quota for a resource. */
const tagsMax = 50;

export function checkGroupName(name: string | undefined): void {
  reject(checkString("logGroupName", name, groupNameRule));
}

export function checkStreamName(name: string | undefined): void {
  reject(checkString("logStreamName", name, streamNameRule));
}

/** @throws AwsError InvalidParameterException */
export function withTags(
  tags: Readonly<Record<string, string>>,
  added: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const merged = { ...tags, ...added };
  reject(
    Object.entries(added).flatMap(([key, value]) => [
      ...checkString("tags", key, { charactersMin: 1, charactersMax: 128 }),
      ...checkString("tags", value, { charactersMax: 256 }),
    ]),
  );
  if (Object.keys(merged).length > tagsMax)
    throw invalidParameter(`A resource can have at most ${tagsMax} tags, found ${Object.keys(merged).length}`);
  return merged;
}

export function withoutTags(tags: Readonly<Record<string, string>>, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
}

/**
 * The group of a request: its `logGroupName`, or its `logGroupIdentifier`, which is a name or ARN.
 * @throws AwsError InvalidParameterException
 */
export function groupNameOf(input: {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
}): string {
  const { logGroupName: name, logGroupIdentifier: identifier } = input;
  if (name !== undefined && identifier !== undefined)
    throw invalidParameter("LogGroupName and LogGroupIdentifier cannot both be specified.");
  const found = name ?? (identifier?.startsWith("arn:") ? groupNameOfArn(identifier) : identifier);
  if (found === undefined) throw invalidParameter("Either LogGroupName or LogGroupIdentifier must be specified.");
  checkGroupName(found);
  return found;
}

/** The name in a log group's ARN, with or without `:*` at its end. @throws AwsError InvalidParameterException */
export function groupNameOfArn(arn: string): string {
  const name = /^arn:aws[a-z-]*:logs:[a-z0-9-]+:\d{12}:log-group:([^:*]+)(:\*)?$/.exec(arn)?.[1];
  if (name === undefined) throw invalidParameter(`${arn} is not the ARN of a log group`);
  return name;
}

function reject(violations: readonly Violation[]): void {
  rejectViolations("InvalidParameterException", violations);
}
