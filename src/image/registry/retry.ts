import type { TepalError } from "../../base/index.js";

/** Waits so many milliseconds; handed in, so that a test need not wait. */
export type Sleep = (ms: number) => Promise<void>;

/** A failure that may pass: the connection broke, or the registry asked for patience. */
export class Transient extends Error {
  /** What to report when it does not pass. */
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
/** A registry that asks for more than this is not waited for any longer than this. */
const delayMsMax = 30_000;

/** Counts attempts and waits twice as long after each; an attempt that got further than the one before starts the count again. */
export class Patience {
  readonly #sleep: Sleep;
  #attempts = 0;

  constructor(sleep: Sleep) {
    this.#sleep = sleep;
  }

  /** Waits when another attempt is worth it after `error`, and throws what is to be reported when not. */
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

/** Runs `work` until it succeeds, fails for good, or has failed `attemptsMax` times without getting further. */
export async function withRetry<T>(sleep: Sleep, work: () => Promise<T>, progressed?: () => boolean): Promise<T> {
  const patience = new Patience(sleep);
  for (;;) {
    try {
      return await work();
    } catch (error) {
      await patience.after(error, progressed?.());
    }
  }
}
