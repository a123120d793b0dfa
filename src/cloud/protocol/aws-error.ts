/** An error as AWS answers it: a code that clients switch on, an HTTP status, a message, and the members some errors carry. */
export class AwsError extends Error {
  override readonly name = "AwsError";
  readonly code: string;
  readonly status: number;
  /** Further members of the error's structure: `{ Reason: "ReservedFunctionConcurrentInvocationLimitExceeded" }`. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: string, status: number, message: string, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}

/** The answer to input that cannot be read as its operation's types. */
export function serializationError(message: string): AwsError {
  return new AwsError("SerializationException", 400, message);
}
