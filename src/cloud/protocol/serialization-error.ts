import { AwsError } from "./aws-error.js";

/** The answer to input that cannot be read as its operation's types. */
export function serializationError(message: string): AwsError {
  return new AwsError("SerializationException", 400, message);
}
