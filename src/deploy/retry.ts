// Waiting: for what AWS does in the background, and for what AWS documents as true only after a while.

import type { Clock } from "../base/index.js";
import { awsErrorName } from "./aws-errors.js";
import { DeployError } from "./errors.js";

export interface Patience {
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Refusals that pass by themselves, and how long AWS may need. */
const passing: readonly { readonly name: string; readonly message?: RegExp; readonly patienceMs: number }[] = [
  // IAM: "changes are eventually consistent"; a new role takes about ten seconds to reach Lambda.
  {
    name: "InvalidParameterValueException",
    message: /role defined for the function cannot be assumed/,
    patienceMs: 60_000,
  },
  // Lambda reads the repository's policy and the pushed image with the same delay.
  { name: "AccessDeniedException", message: /does not have permission to access the ECR image/, patienceMs: 60_000 },
  { name: "InvalidParameterValueException", message: /Source image .* does not exist/, patienceMs: 20_000 },
  // Lambda: one update at a time.
  {
    name: "ResourceConflictException",
    message: /update is in progress|currently in the following state: Pending/,
    patienceMs: 120_000,
  },
  // API Gateway: CreateDeployment once in 5 s, DeleteRestApi once in 30 s.
  { name: "TooManyRequestsException", patienceMs: 90_000 },
  { name: "ConflictException", message: /concurrent modification/, patienceMs: 30_000 },
];

const firstPauseMs = 50;
const longestPauseMs = 5_000;

/** Repeats `request` while AWS refuses it for a reason that passes. */
export async function untilConsistent<T>({ clock, sleep }: Patience, request: () => Promise<T>): Promise<T> {
  const startedMs = clock.elapsedMs();
  for (let pauseMs = firstPauseMs; ; pauseMs = longer(pauseMs)) {
    try {
      return await request();
    } catch (error) {
      const reason = passing.find(
        ({ name, message }) => awsErrorName(error) === name && (message?.test((error as Error).message) ?? true),
      );
      if (!reason || clock.elapsedMs() - startedMs + pauseMs > reason.patienceMs) throw error;
      await sleep(pauseMs);
    }
  }
}

/**
 * Asks `read` again and again until it answers something.
 * @throws DeployError "aws-did-not-finish" after `limitMs`; `what` names the thing waited for.
 */
export async function waitFor<T>(
  { clock, sleep }: Patience,
  what: string,
  limitMs: number,
  read: () => Promise<T | undefined>,
): Promise<T> {
  const startedMs = clock.elapsedMs();
  for (let pauseMs = firstPauseMs / 5; ; pauseMs = longer(pauseMs)) {
    const answer = await read();
    if (answer !== undefined) return answer;
    if (clock.elapsedMs() - startedMs + pauseMs > limitMs) {
      throw new DeployError("aws-did-not-finish", `${what} was not ready after ${Math.round(limitMs / 1000)} s`);
    }
    await sleep(pauseMs);
  }
}

function longer(pauseMs: number): number {
  return Math.min(pauseMs * 1.6, longestPauseMs);
}
