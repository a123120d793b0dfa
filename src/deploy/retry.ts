// Retries requests that fail with transient errors of AWS, and waits for work that AWS does in the background.

import type { Clock } from "../base/index.js";
import { awsErrorName } from "./aws-errors.js";
import { DeployError } from "./errors.js";

interface Timing {
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
}

/** A transient error, and how long a request is retried after it. */
interface RetryPolicy {
  readonly name: string;
  readonly message?: RegExp;
  readonly retryMsMax: number;
}

const retryPolicies: readonly RetryPolicy[] = [
  // IAM: "changes are eventually consistent"; a new role takes about ten seconds to reach Lambda.
  {
    name: "InvalidParameterValueException",
    message: /role defined for the function cannot be assumed/,
    retryMsMax: 60_000,
  },
  {
    name: "AccessDeniedException",
    message: /states\.amazonaws\.com.* is authorized to assume the provided role/,
    retryMsMax: 60_000,
  },
  // Lambda reads the repository's policy and the pushed image with the same delay.
  { name: "AccessDeniedException", message: /does not have permission to access the ECR image/, retryMsMax: 60_000 },
  { name: "InvalidParameterValueException", message: /Source image .* does not exist/, retryMsMax: 20_000 },
  // Lambda: one update at a time.
  {
    name: "ResourceConflictException",
    message: /update is in progress|currently in the following state: Pending/,
    retryMsMax: 120_000,
  },
  // API Gateway: CreateDeployment once in 5 s, DeleteRestApi once in 30 s.
  { name: "TooManyRequestsException", retryMsMax: 90_000 },
  { name: "ConflictException", message: /concurrent modification/, retryMsMax: 30_000 },
];

const firstRetryDelayMs = 50;
const firstPollDelayMs = 10;
const delayMsMax = 5_000;

/** Repeats `request` while it fails with a transient error. */
export async function retryTransient<T>({ clock, sleep }: Timing, request: () => Promise<T>): Promise<T> {
  const startedMs = clock.elapsedMs();
  for (let delayMs = firstRetryDelayMs; ; delayMs = nextDelay(delayMs)) {
    try {
      return await request();
    } catch (error) {
      const policy = retryPolicies.find(
        ({ name, message }) =>
          error instanceof Error && awsErrorName(error) === name && (message?.test(error.message) ?? true),
      );
      if (!policy || clock.elapsedMs() - startedMs + delayMs > policy.retryMsMax) throw error;
      await sleep(delayMs);
    }
  }
}

/**
 * Polls `read` until it returns a value.
 * @throws DeployError "aws-did-not-finish" after `limitMs`; `what` names what was not ready.
 */
export async function waitFor<T>(
  { clock, sleep }: Timing,
  what: string,
  limitMs: number,
  read: () => Promise<T | undefined>,
): Promise<T> {
  const startedMs = clock.elapsedMs();
  for (let delayMs = firstPollDelayMs; ; delayMs = nextDelay(delayMs)) {
    const found = await read();
    if (found !== undefined) return found;
    if (clock.elapsedMs() - startedMs + delayMs > limitMs) {
      throw new DeployError("aws-did-not-finish", `${what} was not ready after ${Math.round(limitMs / 1000)} s`);
    }
    await sleep(delayMs);
  }
}

function nextDelay(delayMs: number): number {
  return Math.min(delayMs * 1.6, delayMsMax);
}
