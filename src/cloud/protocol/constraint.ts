// The words in which AWS refuses input that breaks a model's constraints, for operations that check what the schemas do not carry
// (lengths, patterns, ranges): all violations of a request in one error.

import { AwsError, type ErrorCode } from "./aws-error.js";

export interface Violation {
  /** The member as AWS spells it here, in lower camel case: `functionName`, `tags.1.member.key`. */
  readonly at: string;
  readonly value: unknown;
  /** What AWS says the member must do: "Member must not be null". */
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

/** A member's name as it stands in these messages: `FunctionName` is `functionName`. */
export function constraintName(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}

/** What a model says of a string member. */
export interface TextRule {
  readonly charactersMin?: number;
  readonly charactersMax?: number;
  /** As AWS writes it: a Java regular expression that the whole value must match, plain enough to be a JavaScript one too. */
  readonly pattern?: string;
  readonly oneOf?: readonly string[];
}

/** What a model says of a number member. */
export interface NumberRule {
  readonly min: number;
  readonly max: number;
}

/** The violations of a string member; none when it is absent. */
export function checkText(at: string, value: string | undefined, rule: TextRule): Violation[] {
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

/** The violations of a number member; none when it is absent. */
export function checkNumber(at: string, value: number | undefined, { min, max }: NumberRule): Violation[] {
  if (value === undefined) return [];
  if (value > max) return [{ at, value, constraint: `Member must have value less than or equal to ${max}` }];
  return value < min ? [{ at, value, constraint: `Member must have value greater than or equal to ${min}` }] : [];
}

/** @throws AwsError `code` when there is any violation. */
export function refuseViolations(code: ErrorCode, violations: readonly Violation[]): void {
  if (violations.length > 0) throw validationError(code, violations);
}
