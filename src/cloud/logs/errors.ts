// The errors of CloudWatch Logs, with AWS's messages.

import { AwsError } from "../protocol/aws-error.js";

export const notFound = (what: "log group" | "log stream") =>
  new AwsError<"logs">("ResourceNotFoundException", 400, `The specified ${what} does not exist.`);
export const alreadyExists = (what: "log group" | "log stream") =>
  new AwsError<"logs">("ResourceAlreadyExistsException", 400, `The specified ${what} already exists`);
export const invalidParameter = (message: string) => new AwsError<"logs">("InvalidParameterException", 400, message);
