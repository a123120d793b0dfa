// The environments of one version of a function: who is idle, who waits, and when to start one more.

import type { Environment, InitFailure, Invocation, Outcome } from "./environment.js";

export interface PoolHost {
  readonly nowMs: () => number;
  /** Makes an environment; undefined when this machine holds as many as it may. Its events come back to the pool. */
  create(pool: Pool, initTimeoutMs: number): Environment | undefined;
}

/**
 * A busy environment often becomes idle sooner than a new one could start. So an invocation waits this long before another environment is
 * started for it, and one that is busy for less counts as soon idle.
 */
const scaleAfterMs = 5;
/** Lambda's limit for the start of an environment. */
const initTimeoutMs = 10_000;

interface Waiting {
  readonly invocation: Invocation;
  readonly sinceMs: number;
  readonly settle: (outcome: Outcome) => void;
  readonly fail: (error: unknown) => void;
  /** Environments that failed to start while this was the first in the queue. */
  initFailures: number;
}

export class Pool {
  readonly #host: PoolHost;
  readonly #timeoutSeconds: number;
  readonly #all = new Set<Environment>();
  /** The last one that became idle is taken first: its memory is warm, and the others can be retired. */
  readonly #idle: Environment[] = [];
  readonly #starting = new Set<Environment>();
  readonly #queue: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #retired = false;
  /** The last start failed; nothing is started ahead until the next invocation. */
  #cannotStart = false;
  usedMs: number;

  constructor(timeoutSeconds: number, host: PoolHost) {
    this.#host = host;
    this.#timeoutSeconds = timeoutSeconds;
    this.usedMs = host.nowMs();
  }

  get size(): number {
    return this.#all.size;
  }

  /** The environment that has been idle for longest. */
  get longestIdle(): Environment | undefined {
    return this.#idle[0];
  }

  invoke(invocation: Invocation): Promise<Outcome> {
    this.usedMs = this.#host.nowMs();
    this.#cannotStart = false;
    const environment = this.#idle.pop();
    if (environment) {
      this.#scaleLater();
      return environment.invoke(invocation);
    }
    return new Promise((settle, fail) => {
      this.#queue.push({ invocation, sinceMs: this.usedMs, settle, fail, initFailures: 0 });
      if (this.#all.size === 0) this.scale();
      else this.#scaleLater();
    });
  }

  /** Starts what is missing: one environment for each invocation that has waited, and one that is idle or soon will be. */
  scale(): void {
    if (this.#retired) return;
    const now = this.#host.nowMs();
    const waited = this.#queue.filter(({ sinceMs }) => now - sinceMs >= scaleAfterMs).length;
    const soonIdle = [...this.#all].some(
      (environment) =>
        !this.#starting.has(environment) &&
        (this.#idle.includes(environment) || now - environment.sinceMs < scaleAfterMs),
    );
    const wanted = waited + (soonIdle || this.#cannotStart ? 0 : 1);
    while (this.#starting.size < wanted) {
      if (!this.#start(initTimeoutMs)) break;
    }
    const busyAlone = this.#all.size > 0 && this.#starting.size === 0 && !this.#cannotStart;
    if (this.#queue.length > 0 || busyAlone) this.#scaleLater();
  }

  becameIdle(environment: Environment): void {
    this.#starting.delete(environment);
    if (this.#retired) {
      environment.retire();
      return;
    }
    const waiting = this.#queue.shift();
    if (waiting) environment.invoke(waiting.invocation).then(waiting.settle, waiting.fail);
    else this.#idle.push(environment);
  }

  /**
   * AWS repeats a start that failed inside the first invocation, under the function's own time-out; a second failure is the answer.
   * Nothing is started again before somebody asks: a function that cannot start would do so for ever.
   */
  ended(environment: Environment, failure: InitFailure | undefined): void {
    this.#all.delete(environment);
    this.#starting.delete(environment);
    const index = this.#idle.indexOf(environment);
    if (index >= 0) this.#idle.splice(index, 1);
    this.#cannotStart = failure !== undefined;
    const first = this.#queue[0];
    if (!failure || !first) {
      this.#scaleLater();
      return;
    }
    first.initFailures++;
    if (first.initFailures > 1) {
      this.#queue.shift();
      const payload = failure.payload(first.invocation.requestId);
      first.settle({ payload, functionError: "Unhandled", logTail: "" });
    }
    if (this.#queue.length > 0 && this.#starting.size === 0) this.#start(this.#timeoutSeconds * 1000);
  }

  /** Retires environments that have been idle for too long: `extraMs` for all but one, `lastMs` for the last. */
  retireIdle(extraMs: number, lastMs: number): void {
    const now = this.#host.nowMs();
    for (const environment of [...this.#idle]) {
      const limitMs = this.#all.size > 1 ? extraMs : lastMs;
      if (now - environment.sinceMs > limitMs) environment.retire();
    }
  }

  /** No new invocations: idle environments end, busy ones finish what they do. */
  drain(): void {
    this.#retired = true;
    clearTimeout(this.#timer);
    for (const environment of [...this.#idle, ...this.#starting]) environment.retire();
  }

  /** Ends everything at once. What waits is rejected with `error`. */
  close(error: Error): void {
    this.drain();
    for (const environment of [...this.#all]) environment.retire();
    for (const { fail } of this.#queue.splice(0)) fail(error);
  }

  #start(timeoutMs: number): boolean {
    const environment = this.#host.create(this, timeoutMs);
    if (!environment) return false;
    this.#all.add(environment);
    this.#starting.add(environment);
    return true;
  }

  #scaleLater(): void {
    if (this.#timer || this.#retired) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#idle.length === 0) this.scale();
    }, scaleAfterMs);
  }
}
