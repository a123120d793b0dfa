// AWS's messages for input that violates the constraints of an API's model, for operations that check what the SDK's
// schemas omit (lengths, patterns, ranges). All violations of a request are in one error.

import { AwsError, type ErrorCode } from "./aws-error.js";

export interface Violation {
  /** The member as AWS writes it in the message, in lower camel case: `functionName`, `tags.1.member.key`. */
  readonly at: string;
  readonly value: unknown;
  /** The constraint as AWS writes it: "Member must not be null". */
  readonly constraint: string;
}

/** "1 validation error detected: Value 'x y' at 'functionName' failed to satisfy constraint: Member must ..." */
export function validationError(code: ErrorCode, violations: readonly Violation[]): AwsError {
  const count = `${violations.length} validation error${violations.length === 1 ? "" : "s"} detected`;
  const details = violations.map(
    ({ at, value, constraint }) =>
      `Value ${value === undefined ? "null" : `'${String(value)}'`} at '${at}' failed to satisfy constraint: ${constraint}`,
  );
  return new AwsError(code, 400, `${count}: ${details.join("; ")}`);
}

/** A member's name as these messages write it: `FunctionName` is `functionName`. */
export function constraintName(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}

/** The constraints of a string member. */
export interface StringRule {
  readonly charactersMin?: number;
  readonly charactersMax?: number;
  /** As AWS writes it: a Java regular expression for the whole value, restricted to syntax that JavaScript shares. */
  readonly pattern?: string;
  readonly oneOf?: readonly string[];
}

/** The constraints of a number member. */
interface NumberRule {
  readonly min: number;
  readonly max: number;
}

/** The violations of a string member; an absent member has none. */
export function checkString(at: string, value: string | undefined, rule: StringRule): Violation[] {
  if (value === undefined) return [];
  const { charactersMin = 0, charactersMax = Number.POSITIVE_INFINITY, pattern, oneOf } = rule;
  const constraints = [
    value.length > charactersMax && `Member must have length less than or equal to ${charactersMax}`,
    value.length < charactersMin && `Member must have length greater than or equal to ${charactersMin}`,
    pattern !== undefined &&
      !new RegExp(`^(?:${pattern})$`).test(value) &&
      `Member must satisfy regular expression pattern: ${pattern}`,
    oneOf && !oneOf.includes(value) && `Member must satisfy enum value set: [${oneOf.join(", ")}]`,
  ];
  return constraints.flatMap((constraint) => (constraint ? [{ at, value, constraint }] : []));
}

/** The violations of a number member; an absent member has none. */
export function checkNumber(at: string, value: number | undefined, { min, max }: NumberRule): Violation[] {
  if (value === undefined) return [];
  if (value > max) return [{ at, value, constraint: `Member must have value less than or equal to ${max}` }];
  return value < min ? [{ at, value, constraint: `Member must have value greater than or equal to ${min}` }] : [];
}

/** @throws AwsError with this code if there are violations */
export function rejectViolations(code: ErrorCode, violations: readonly Violation[]): void {
  if (violations.length > 0) throw validationError(code, violations);
}
