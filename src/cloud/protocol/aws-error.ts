// Errors as AWS returns them, with the codes that each API has.

import type { ApiName, Clients } from "./operation.js";

/** Codes of the errors in an API's schemas: the names of the exception classes that the SDK client exports. */
type ModeledErrorCode<A extends ApiName> = {
  [Key in keyof Clients[A]]: Clients[A][Key] extends abstract new (
    ...args: never
  ) => { readonly name: infer Name extends string; readonly $fault: "client" | "server" }
    ? string extends Name
      ? never
      : Name
    : never;
}[keyof Clients[A]];

/** Codes of errors that no schema has and every API can return (AWS's "Common error types", and its protocols' own). */
type CommonErrorCode =
  | "AccessDenied"
  | "AccessDeniedException"
  | "InternalFailure"
  | "InvalidAction"
  | "NotImplementedException"
  | "RequestEntityTooLargeException"
  | "SerializationException"
  | "UnknownOperationException"
  | "ValidationError"
  | "ValidationException";

/** Codes that one API returns although its schemas do not have them. */
interface UnmodeledErrorCodes extends Record<ApiName, string> {
  apigateway: never;
  ecr: never;
  iam: never;
  lambda: "InvalidImageException";
  logs: never;
  sts: never;
}

/** Every code that an API can return. */
export type ErrorCode<A extends ApiName = ApiName> = A extends ApiName
  ? ModeledErrorCode<A> | UnmodeledErrorCodes[A] | CommonErrorCode
  : never;

/**
 * An error as AWS returns it: a code that clients switch on, an HTTP status, a message, and the members that some
 * errors have. `new AwsError<"ecr">(...)` accepts the codes of ECR only; a misspelled code does not compile.
 */
export class AwsError<A extends ApiName = ApiName> extends Error {
  override readonly name = "AwsError";
  readonly code: ErrorCode<A>;
  readonly status: number;
  /** Further members of the error's structure: `{ Reason: "ReservedFunctionConcurrentInvocationLimitExceeded" }`. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode<A>, status: number, message: string, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}

/** Input that cannot be read as the types of its operation. */
export function serializationError(message: string): AwsError {
  return new AwsError("SerializationException", 400, message);
}
