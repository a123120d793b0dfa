// CloudWatch Logs' errors, in its words.

import { AwsError } from "../protocol/aws-error.js";

export const notFound = (what: "log group" | "log stream") =>
  new AwsError("ResourceNotFoundException", 400, `The specified ${what} does not exist.`);
export const alreadyExists = (what: "log group" | "log stream") =>
  new AwsError("ResourceAlreadyExistsException", 400, `The specified ${what} already exists`);
export const invalidParameter = (message: string) => new AwsError("InvalidParameterException", 400, message);
