// The words in which AWS refuses input that breaks a model's constraints, for operations that check what the schemas do not carry
// (lengths, patterns, ranges): all violations of a request in one error.

import { AwsError } from "./aws-error.js";

export interface Violation {
  /** The member as AWS spells it here, in lower camel case: `functionName`, `tags.1.member.key`. */
  readonly at: string;
  readonly value: unknown;
  /** What AWS says the member must do: "Member must not be null". */
  readonly constraint: string;
}

/** "1 validation error detected: Value 'x y' at 'functionName' failed to satisfy constraint: Member must ..." */
export function validationError(code: string, violations: readonly Violation[]): AwsError {
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
