// The errors of API Gateway's control plane. The messages are AWS's own, recorded by others from the real service (2023
// to 2025).

import { AwsError } from "../protocol/aws-error.js";
import { type Violation, validationError } from "../protocol/constraint.js";

export const badRequest = (message: string): AwsError<"apigateway"> =>
  new AwsError<"apigateway">("BadRequestException", 400, message);
export const notFound = (message: string): AwsError<"apigateway"> =>
  new AwsError<"apigateway">("NotFoundException", 404, message);
export const conflict = (message: string): AwsError<"apigateway"> =>
  new AwsError<"apigateway">("ConflictException", 409, message);
export const limitExceeded = (message: string): AwsError<"apigateway"> =>
  new AwsError<"apigateway">("LimitExceededException", 429, message);

/** The violation of an enumeration constraint, if any. AWS lists the values in no documented order. */
export function enumViolation(at: string, value: string | undefined, allowed: readonly string[]): Violation[] {
  if (value === undefined || allowed.includes(value)) return [];
  return [{ at, value, constraint: `Member must satisfy enum value set: [${allowed.join(", ")}]` }];
}

/** @throws AwsError ValidationException when there is a violation */
export function rejectViolations(violations: readonly Violation[]): void {
  if (violations.length > 0) throw validationError("ValidationException", violations);
}

const statusCodePattern = /^[1-5]\d\d$/;

/** @throws AwsError ValidationException when `statusCode` is not three digits from 100 to 599 */
export function checkStatusCode(statusCode: string | undefined): string {
  if (statusCode === undefined || !statusCodePattern.test(statusCode)) {
    const constraint = "Member must satisfy regular expression pattern: [1-5]\\d\\d";
    throw validationError("ValidationException", [{ at: "statusCode", value: statusCode, constraint }]);
  }
  return statusCode;
}
