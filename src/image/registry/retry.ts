import type { TepalError } from "../../base/index.js";

/** Waits for `ms` milliseconds. */
export type Sleep = (ms: number) => Promise<void>;

/** An error that may pass: a broken connection, or a registry that is overloaded. */
export class Transient extends Error {
  /** The error to report if retries fail too. */
  readonly fault: TepalError;
  readonly retryAfterMs: number;

  constructor(fault: TepalError, retryAfterMs = 0) {
    super(fault.message);
    this.fault = fault;
    this.retryAfterMs = retryAfterMs;
  }
}

const attemptsMax = 5;
const firstDelayMs = 100;
/** The longest wait, also where Retry-After says more. */
const delayMsMax = 30_000;

/** Counts attempts and doubles the delay after each. An attempt that progresses starts the count again. */
export class RetryPolicy {
  readonly #sleep: Sleep;
  #attempts = 0;

  constructor(sleep: Sleep) {
    this.#sleep = sleep;
  }

  /** Waits before the next attempt, or throws the error to report if no attempt is left. */
  async after(error: unknown, progressed = false): Promise<void> {
    if (!(error instanceof Transient)) throw error;
    this.#attempts = progressed ? 1 : this.#attempts + 1;
    if (this.#attempts >= attemptsMax) {
      throw error.fault.with({ message: `${error.fault.message} (${attemptsMax} attempts)` });
    }
    const delayMs = firstDelayMs * 2 ** (this.#attempts - 1);
    await this.#sleep(Math.min(delayMsMax, Math.max(error.retryAfterMs, delayMs)));
  }
}

/** Runs `work` until it succeeds, fails with another error, or has failed `attemptsMax` times without progress. */
export async function withRetry<T>(sleep: Sleep, work: () => Promise<T>, progressed?: () => boolean): Promise<T> {
  const retryPolicy = new RetryPolicy(sleep);
  for (;;) {
    try {
      return await work();
    } catch (error) {
      await retryPolicy.after(error, progressed?.());
    }
  }
}
