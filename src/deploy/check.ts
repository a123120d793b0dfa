// What a check requests, and which responses pass it.

import type { Invoked } from "./invoke.js";

export interface Check {
  /** JSON text. */
  readonly request: string;
  /** JSON text that must be returned; undefined: any response that `passes` allows. */
  readonly expected?: string;
  /**
   * Which responses pass when nothing is expected: "handled" any except a failure, also a rejected request; "returned"
   * any value that the function returns; "started" any that shows that the function started, also its own exception,
   * because it can reject the request.
   */
  readonly passes?: "handled" | "returned" | "started";
}

/** @param clientErrorPrefix the start of the message of an error that the caller caused; undefined for an API */
export function isPassed(invoked: Invoked, check: Check, clientErrorPrefix?: string): boolean {
  const { status, body } = invoked;
  const { expected, passes = "handled" } = check;
  if (expected !== undefined) return status === 200 && body === expected;
  switch (passes) {
    case "handled": {
      const isCallerError = clientErrorPrefix !== undefined && body.includes(`"errorMessage":"${clientErrorPrefix}`);
      return status === 200 || status === 400 || isCallerError;
    }
    case "returned":
      return status === 200;
    case "started":
      return invoked.log === undefined ? isFromFunction(invoked) : isStarted(invoked);
    default:
      return passes satisfies never;
  }
}

/** API Gateway marks its own errors with a header, except that a request rejected by a schema shows a working API. */
function isFromFunction({ status, errorType }: Invoked): boolean {
  return errorType === undefined || status === 400;
}

/**
 * Whether the function's initialization succeeded. Its own exceptions, which Lambda reports by their class, do not
 * matter, unless they come from loading the code: then AWS's runtimes leave the request id empty, and Lambda logs the
 * failed initialization.
 */
function isStarted({ status, body, log = "" }: Invoked): boolean {
  if (status === 200) return true;
  const { errorType, requestId } = errorOf(body);
  // The runtimes report with "Runtime.MarshalError" that the handler returned something that is not JSON.
  if (/^(Runtime|Sandbox|Extension)\./.test(errorType) && errorType !== "Runtime.MarshalError") return false;
  return requestId !== "" && log !== "" && !/INIT_REPORT .*Status: error/.test(log);
}

function errorOf(body: string): { readonly errorType: string; readonly requestId: unknown } {
  try {
    const error: unknown = JSON.parse(body);
    if (typeof error !== "object" || error === null) return { errorType: "", requestId: undefined };
    const errorType = "errorType" in error ? String(error.errorType) : "";
    return { errorType, requestId: "requestId" in error ? error.requestId : undefined };
  } catch {
    return { errorType: "", requestId: undefined };
  }
}
