// The constraints of IAM's names, paths, ids and tags, with AWS's messages.

import { checkNumber, checkString, rejectViolations, type StringRule, type Violation } from "../protocol/constraint.js";
import { randomString } from "../random.js";
import { limitExceeded, validationFailure } from "./errors.js";
import type { Tag } from "./state.js";

const namePattern = /^[\w+=,.@-]+$/;
const nameCharactersMax = { roleName: 64, policyName: 128 } as const;
const pathRule: StringRule = { charactersMin: 1, charactersMax: 512 };
const pathPattern = /^\/$|^\/[\u0021-\u007e]+\/$/;
const descriptionRule: StringRule = { charactersMax: 1000 };
const sessionSecondsRule = { min: 3600, max: 43_200 };
/** AWS's quota for a role or policy. */
const tagsMax = 50;

/** @throws AwsError ValidationError */
export function checkName(member: keyof typeof nameCharactersMax, name: string): void {
  reject(checkString(member, name, { charactersMin: 1, charactersMax: nameCharactersMax[member] }));
  if (!namePattern.test(name)) {
    throw validationFailure(
      `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
    );
  }
}

/** @throws AwsError ValidationError */
export function checkPath(path: string): void {
  reject(checkString("path", path, pathRule));
  if (!pathPattern.test(path)) {
    throw validationFailure(
      "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.",
    );
  }
}

/** @throws AwsError ValidationError */
export function checkDescription(description: string | undefined): void {
  reject(checkString("description", description, descriptionRule));
}

/** @throws AwsError ValidationError */
export function checkSessionSeconds(seconds: number | undefined): void {
  reject(checkNumber("maxSessionDuration", seconds, sessionSecondsRule));
}

/**
 * Tags with others added; a tag with the same key is replaced.
 * @throws AwsError ValidationError, LimitExceeded
 */
export function withTags(
  tags: readonly Tag[],
  added: readonly { readonly Key: string | undefined; readonly Value: string | undefined }[] = [],
): Tag[] {
  const merged = new Map(tags.map((tag) => [tag.Key, tag]));
  const violations: Violation[] = [];
  for (const [index, { Key = "", Value = "" }] of added.entries()) {
    violations.push(...checkString(`tags.${index + 1}.member.key`, Key, { charactersMin: 1, charactersMax: 128 }));
    violations.push(...checkString(`tags.${index + 1}.member.value`, Value, { charactersMax: 256 }));
    merged.set(Key, { Key, Value });
  }
  reject(violations);
  if (merged.size > tagsMax) throw limitExceeded(`The number of tags has reached the maximum limit of ${tagsMax}.`);
  return [...merged.values()];
}

function reject(violations: readonly Violation[]): void {
  rejectViolations("ValidationError", violations);
}

/** Base-32 digits, as in AWS's ids. */
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const characters = 17;

/** A unique id: `AROA...` for roles, `ANPA...` for policies. */
export function uniqueId(prefix: "AROA" | "ANPA", random: (bytes: number) => Uint8Array): string {
  return prefix + randomString(random, alphabet, characters);
}

/** IAM's times have no milliseconds. */
export function toSecond(nowMs: number): Date {
  return new Date(Math.floor(nowMs / 1000) * 1000);
}
