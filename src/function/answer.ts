// What a handler answers, whatever asked: the Runtime API loop and the server write it each in their way.

import { TepalError } from "../base/index.js";

/** A prediction, or why there is none. */
export type Answer =
  | { readonly ok: true /** JSON text. */; readonly body: string }
  | { readonly ok: false; readonly error: FunctionError };

/** Answers one event, given as JSON text. Never throws: what goes wrong is part of the answer. */
export type Handler = (event: string) => Promise<Answer>;

/** A failed invocation's payload, in the members that Lambda shows to callers. */
export interface FunctionError {
  readonly errorType: ErrorType;
  readonly errorMessage: string;
}

/**
 * Who is at fault, as the error type of a failed invocation.
 * InvalidInput: the caller; the message says what to change. PredictionFailed: ours; the function's log has the details.
 * Runtime.ModelUnreadable: the function could not start with its model file.
 */
export type ErrorType = "InvalidInput" | "PredictionFailed" | "Runtime.ModelUnreadable";

/**
 * Every error message of a failed invocation begins with the HTTP status that its caller should see, so that a gateway
 * can map it by a pattern on the message. The rest of the message may hold newlines.
 */
export const callerErrorPrefix = "[400] ";
export const faultPrefix = "[500] ";

/** What a caller is told of a fault of ours: nothing internal. */
export const faultMessage = "Internal server error";

/** The caller's errors: the codes of the checks that a request goes through before the model sees it. */
export function isCallerError(error: unknown): error is TepalError {
  return error instanceof TepalError && (error.code.startsWith("input-") || error.code === "method-unknown");
}

/** One line for the log. It never holds a value of the request: messages of caller errors may, so only their code and place are told. */
export function logLineOf(error: unknown): string {
  if (isCallerError(error)) return `invalid input: ${error.code} ${JSON.stringify(error.place)}`;
  if (error instanceof Error) return `prediction failed: ${(error.stack ?? error.message).replaceAll("\n", "\\n")}`;
  return "prediction failed: something that is not an Error was thrown";
}
