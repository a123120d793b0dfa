// The result of the handler, independent of the caller: the Runtime API loop and the server each encode it in their own
// way.

import { TepalError } from "../base/index.js";

/** A prediction, or an error. */
export type HandlerResult =
  | { readonly ok: true /** JSON. */; readonly body: string }
  | { readonly ok: false; readonly error: InvocationError };

/** Handles one event, passed as JSON. Never throws: errors are part of the result. */
export type Handler = (event: string) => Promise<HandlerResult>;

/** The payload of a failed invocation, with the members that Lambda shows to callers. */
export interface InvocationError {
  readonly errorType: ErrorType;
  readonly errorMessage: string;
}

/**
 * The error type of a failed invocation. InvalidInput: an invalid request; the message says what to change.
 * PredictionFailed: an internal error; details are in the function's log. Runtime.ModelUnreadable: the function cannot
 * start because its model file cannot be read.
 */
type ErrorType = "InvalidInput" | "PredictionFailed" | "Runtime.ModelUnreadable";

/**
 * Every error message of a failed invocation begins with the HTTP status for the client, so that API Gateway can select
 * a response by a pattern on the message. The rest of the message may contain newlines.
 */
export const clientErrorPrefix = "[400] ";
export const serverErrorPrefix = "[500] ";

/** The message of an internal error for clients, without internal details. */
export const internalErrorMessage = "Internal server error";

/** Whether the request is invalid: the codes of the checks that run before the prediction. */
export function isClientError(error: unknown): error is TepalError {
  return error instanceof TepalError && (error.code.startsWith("input-") || error.code === "method-unknown");
}

/** What a client is told of an error, without the prefix that API Gateway needs. */
export function errorMessageOf(error: unknown): string {
  return isClientError(error) ? `${error.message}. ${error.hint}` : internalErrorMessage;
}

/**
 * One log line. It never contains values of the request: messages of client errors may, so only their code and place
 * are logged.
 */
export function logLineOf(error: unknown): string {
  if (isClientError(error)) return `invalid input: ${error.code} ${JSON.stringify(error.place)}`;
  if (error instanceof Error) return `prediction failed: ${(error.stack ?? error.message).replaceAll("\n", "\\n")}`;
  return "prediction failed: a value that is not an Error was thrown";
}
