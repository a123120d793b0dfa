// AWS's responses and log lines for an environment that failed (recorded in 2024 and 2025).

import type { Exit } from "../sandbox/sandbox.js";
import { responseBytesMax } from "./runtime-api.js";

export interface Failure {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** The failure of a process that ended before it responded. */
export function exitFailure(exit: Exit, command: string): Failure {
  if (exit.outOfMemory) {
    return { errorType: "Runtime.OutOfMemory", errorMessage: "Runtime exited with error: signal: killed" };
  }
  if (exit.execError !== undefined) {
    return { errorType: "Runtime.InvalidEntrypoint", errorMessage: `fork/exec ${command}: ${exit.execError}` };
  }
  if (exit.how === "signal") {
    return { errorType: "Runtime.ExitError", errorMessage: `Runtime exited with error: signal: ${exit.signal}` };
  }
  return {
    errorType: "Runtime.ExitError",
    errorMessage:
      exit.status === 0
        ? "Runtime exited without providing a reason"
        : `Runtime exited with error: exit status ${exit.status}`,
  };
}

export function timeoutFailure(timeoutSeconds: number): Failure {
  return { errorType: "Sandbox.Timedout", errorMessage: `Task timed out after ${timeoutSeconds.toFixed(2)} seconds` };
}

/** The response payload for a failure of the environment. */
export function failurePayload({ errorType, errorMessage }: Failure, requestId: string): Uint8Array {
  return Buffer.from(JSON.stringify({ errorType, errorMessage: `RequestId: ${requestId} Error: ${errorMessage}` }));
}

export const responseTooLargePayload: Uint8Array = Buffer.from(
  JSON.stringify({
    errorMessage: `Response payload size exceeded maximum allowed payload size (${responseBytesMax} bytes).`,
    errorType: "Function.ResponseSizeTooLarge",
  }),
);

interface Report {
  readonly requestId: string;
  readonly durationMs: number;
  /** Duration of the initialization, in the report of the first invocation. */
  readonly initMs?: number;
  readonly memoryMb: number;
  readonly usedBytes: number;
  /** "timeout", or "error" with its type. */
  readonly status?: string;
}

/** The REPORT line. Since August 2025 the billed duration includes the initialization. */
export function reportLine({ requestId, durationMs, initMs, memoryMb, usedBytes, status }: Report): string {
  const usedMb = Math.min(memoryMb, Math.ceil(usedBytes / 2 ** 20));
  const fields = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(durationMs + (initMs ?? 0))} ms`,
    `Memory Size: ${memoryMb} MB`,
    `Max Memory Used: ${usedMb} MB`,
    ...(initMs === undefined ? [] : [`Init Duration: ${initMs.toFixed(2)} ms`]),
    ...(status === undefined ? [] : [`Status: ${status}`]),
  ];
  return `${fields.join("\t")}\t`;
}
