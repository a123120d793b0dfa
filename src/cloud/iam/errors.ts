// IAM's errors, in IAM's words.

import { AwsError } from "../protocol/aws-error.js";

export const noSuchEntity = (message: string) => new AwsError("NoSuchEntity", 404, message);
export const alreadyExists = (message: string) => new AwsError("EntityAlreadyExists", 409, message);
export const deleteConflict = (message: string) => new AwsError("DeleteConflict", 409, message);
export const limitExceeded = (message: string) => new AwsError("LimitExceeded", 409, message);
export const malformedPolicy = (message: string) => new AwsError("MalformedPolicyDocument", 400, message);
export const validationFailure = (message: string) => new AwsError("ValidationError", 400, message);
