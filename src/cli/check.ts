// After a deployment: does the API answer what the model answers here?

import { TepalError } from "../base/index.js";
import { exampleRequest, invokeThroughApi } from "../deploy/index.js";
import { type Model, readMethod, readTable, toJson } from "../model/index.js";
import type { CommandContext } from "./command-context.js";
import { CliError } from "./errors.js";
import type { StepLines } from "./show.js";

/** AWS says of a new stage that it answers "within a minute". */
export const newStageMs = 60_000;
const againMs = 1_000;

/** Letters of a request or an answer on a step's line. */
const shownMax = 60;

export interface Check {
  /** JSON text. */
  readonly request: string;
  readonly answer: string;
}

/** A request that every model of this signature args, with the model's own answer; undefined where the model refuses it after all. */
export async function exampleCheck(model: Model): Promise<Check | undefined> {
  const { signature } = model;
  const request = exampleRequest(signature);
  try {
    const answer = await model.run(readMethod(undefined, signature), readTable(request.values, signature));
    return { request: JSON.stringify(request), answer: toJson(answer) };
  } catch (error) {
    // Such as a model that knows its categories but did not record them.
    if (error instanceof TepalError) return undefined;
    throw error;
  }
}

/**
 * Sends the request through the API, again and again for `patienceMs` while the answer is not the expected one.
 * @throws CliError "check-failed"
 */
export async function checkStep(
  url: string,
  { request, answer }: Check,
  patienceMs: number,
  { clock, sleep }: CommandContext,
  lines: StepLines,
): Promise<void> {
  const startedMs = clock.elapsedMs();
  for (;;) {
    const { status, body, elapsedMs } = await invokeThroughApi(url, request, { fetch, elapsedMs: clock.elapsedMs });
    if (status === 200 && body === answer) {
      lines.step("check", `${shortened(request)} answers ${shortened(body)}`, elapsedMs);
      return;
    }
    if (clock.elapsedMs() - startedMs + againMs > patienceMs) {
      throw new CliError("check-failed", `${request} answered ${status} ${body}, expected 200 ${answer}`);
    }
    await sleep(againMs);
  }
}

function shortened(text: string): string {
  return text.length > shownMax ? `${text.slice(0, shownMax)}...` : text;
}
