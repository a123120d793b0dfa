// Errors of Lambda's API that several operations throw.

import { AwsError } from "../../protocol/aws-error.js";
import { type FunctionReference, functionArn } from "./function-name.js";

export function functionNotFound(reference: FunctionReference): AwsError<"lambda"> {
  return notFound(`Function not found: ${functionArn(reference)}`);
}

export function notFound(message: string): AwsError<"lambda"> {
  return new AwsError<"lambda">("ResourceNotFoundException", 404, message, { Type: "User" });
}

export function invalidParameter(message: string): AwsError<"lambda"> {
  return new AwsError<"lambda">("InvalidParameterValueException", 400, message, { Type: "User" });
}

export function conflict(message: string): AwsError<"lambda"> {
  return new AwsError<"lambda">("ResourceConflictException", 409, message, { Type: "User" });
}

/** `constraint`: "Member must have value less than or equal to 900". */
export function constraintViolated(member: string, value: unknown, constraint: string): AwsError<"lambda"> {
  return new AwsError<"lambda">(
    "ValidationException",
    400,
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

/** @throws AwsError PreconditionFailedException when the caller's revision is not the current one */
export function checkRevision(expected: string | undefined, actual: string): void {
  if (expected === undefined || expected === actual) return;
  throw new AwsError<"lambda">(
    "PreconditionFailedException",
    412,
    "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
    { Type: "User" },
  );
}
