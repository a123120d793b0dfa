// Checks of a deployment: the new version before callers are switched to it, and the API after.

import { withAwsErrors } from "./aws-errors.js";
import { type Check, isPassed } from "./check.js";
import { DeployError } from "./errors.js";
import { type Invoked, invokeFunction, invokeThroughApi } from "./invoke.js";
import type { Context, Outputs } from "./resources/resource.js";
import { readAlias } from "./resources/version.js";
import type { Spec } from "./spec.js";

export interface Passed {
  readonly what: "function" | "API";
  readonly check: Check;
  /** The response; of an API that rejects the check's unsigned request, the status. */
  readonly response: string;
  readonly elapsedMs: number;
}

export interface CheckOptions {
  readonly fetch: typeof globalThis.fetch;
  /** How long a new stage or version can continue to respond as before. */
  readonly settleMsMax: number;
  /** The prefix of the messages of errors that the caller caused. */
  readonly clientErrorPrefix: string;
}

const retryDelayMs = 1_000;
/** Statuses with which an API rejects a caller. */
const rejections: ReadonlySet<number> = new Set([401, 403, 429]);
/** How much of a failed function's log, and of a response, an error message contains. */
const logLinesShown = 8;
const charactersMax = 400;

/**
 * Invokes the version that callers are about to be switched to.
 * @throws DeployError "check-failed" with the function's error, the end of its log, and the version that the stage
 * still serves
 */
export async function checkFunction(
  context: Context,
  stage: string,
  check: Check,
  { version = "$LATEST" }: Outputs,
  { clientErrorPrefix }: Partial<CheckOptions>,
): Promise<Passed> {
  const invoked = await invokeFunction(context, version, check.request);
  if (isPassed(invoked, check, clientErrorPrefix))
    return { what: "function", check, response: invoked.body, elapsedMs: invoked.elapsedMs };
  const alias = await withAwsErrors("Reading the alias", () => readAlias(context, stage));
  const serving = alias
    ? `the stage ${stage} still serves version ${alias.FunctionVersion}`
    : `the stage ${stage} is not served yet`;
  throw new DeployError(
    "check-failed",
    `Version ${version} of the function ${context.names.function} failed its check, and ${serving}. ${faultText(invoked, check)}`,
  );
}

/**
 * Sends the request through the API, as callers do, and repeats it for `settleMsMax` while the response is not the
 * expected one. If it fails, switches callers back.
 * @throws DeployError "check-failed"
 */
export async function checkApi(
  context: Context,
  { spec }: { readonly spec: Spec },
  url: string,
  check: Check,
  { isProtected = false }: Outputs,
  undos: readonly (() => Promise<void>)[],
  { fetch = globalThis.fetch, settleMsMax = 0 }: Partial<CheckOptions>,
): Promise<Passed> {
  const { clock, sleep } = context.aws;
  const startedMs = clock.elapsedMs();
  for (;;) {
    const invoked = await invokeThroughApi(url, check.request, { fetch, elapsedMs: clock.elapsedMs });
    const { elapsedMs, status, body } = invoked;
    if (isPassed(invoked, check)) return { what: "API", check, response: body, elapsedMs };
    if (isProtected && rejections.has(status))
      return { what: "API", check, response: `HTTP ${status}, because it requires authorization`, elapsedMs };
    if (clock.elapsedMs() - startedMs + retryDelayMs > settleMsMax) {
      const after = await undoText(context, spec.stage, undos);
      const fault = `The API failed its check. ${faultText(invoked, check)}`;
      throw new DeployError("check-failed", `${fault}. ${after}`);
    }
    await sleep(retryDelayMs);
  }
}

function faultText({ status, body, log }: Invoked, { request, expected }: Check): string {
  const comparison = expected === undefined ? "" : `, expected ${shortened(expected)}`;
  const lines = (log ?? "").trimEnd().split("\n").slice(-logLinesShown).join("\n  ");
  return `${shortened(request)} returned ${status} ${shortened(body)}${comparison}${lines ? `\n  ${lines}` : ""}`;
}

function shortened(text: string): string {
  return text.length > charactersMax ? `${text.slice(0, charactersMax)}...` : text;
}

/** Switches callers back, and describes what the stage serves now. */
async function undoText(context: Context, stage: string, undos: readonly (() => Promise<void>)[]): Promise<string> {
  if (undos.length === 0) return `The stage ${stage} was not changed`;
  const fault = await undoSwitch(undos);
  if (fault) return `Switching the stage ${stage} back failed: ${fault.message}`;
  const alias = await readAlias(context, stage).catch(() => undefined);
  return `The stage ${stage} was switched back${alias ? ` to version ${alias.FunctionVersion}` : ""}`;
}

/** Undoes changes, the last one first, and continues after an error. Returns the first error. */
export async function undoSwitch(undos: readonly (() => Promise<void>)[]): Promise<Error | undefined> {
  let fault: Error | undefined;
  for (const undo of undos.toReversed()) {
    await undo().catch((error: unknown) => {
      fault ??= error instanceof Error ? error : new Error(String(error));
    });
  }
  return fault;
}
