// IAM's errors. The query protocol writes the codes of their schemas: NoSuchEntity for NoSuchEntityException.

import { AwsError } from "../protocol/aws-error.js";

export const noSuchEntity = (message: string) => new AwsError<"iam">("NoSuchEntityException", 404, message);
export const alreadyExists = (message: string) => new AwsError<"iam">("EntityAlreadyExistsException", 409, message);
export const deleteConflict = (message: string) => new AwsError<"iam">("DeleteConflictException", 409, message);
export const limitExceeded = (message: string) => new AwsError<"iam">("LimitExceededException", 409, message);
export const malformedPolicy = (message: string) =>
  new AwsError<"iam">("MalformedPolicyDocumentException", 400, message);
export const validationFailure = (message: string) => new AwsError<"iam">("ValidationError", 400, message);
