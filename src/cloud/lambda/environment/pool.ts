// The environments of one version of a function: who is idle, who waits, and when to start one more.

import type { Environment, InitFailure, Invocation, Outcome } from "./environment.js";

export interface PoolHost {
  readonly nowMs: () => number;
  /** Makes an environment; undefined when this machine holds as many as it may. Its events come back to the pool. */
  create(pool: Pool, initTimeoutMs: number): Environment | undefined;
}

/**
 * How long an invocation may wait for an environment that is busy. Starting another takes 50 to 200 ms of a processor, and many environments
 * for a function of a millisecond halve the requests that two processors serve; so there are as many as keep the wait below this, going by
 * how long the function's invocations take.
 */
const waitMsMax = 50;
/** How often that is looked at while none is idle. */
const scaleEveryMs = 20;
/** The share of the newest invocation in the running mean of durations. */
const newestShare = 0.2;
/** An invocation that takes this much longer than usual is no moment's stall of the machine: the function is slow by now. */
const slowMs = 100;
const slowTimes = 4;
/** Lambda's limit for the start of an environment. */
const initTimeoutMs = 10_000;

interface Waiting {
  readonly invocation: Invocation;
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
  /** Of the invocations' durations; the latest count most. */
  #meanMs: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #retired = false;
  /** The last start failed; nothing is started ahead until the next invocation. */
  #cannotStart = false;

  constructor(timeoutSeconds: number, host: PoolHost) {
    this.#host = host;
    this.#timeoutSeconds = timeoutSeconds;
  }

  /** The environment that has been idle for longest. */
  get longestIdle(): Environment | undefined {
    return this.#idle[0];
  }

  invoke(invocation: Invocation): Promise<Outcome> {
    this.#cannotStart = false;
    const environment = this.#idle.pop();
    if (environment) {
      this.#scaleLater();
      return this.#run(environment, invocation);
    }
    return new Promise((settle, fail) => {
      this.#queue.push({ invocation, settle, fail, initFailures: 0 });
      if (this.#all.size === 0) this.scale();
      else this.#scaleLater();
    });
  }

  /** Starts the environments that are missing; the first one too, before anybody asks. */
  scale(): void {
    if (this.#retired && this.#queue.length === 0) return;
    for (let missing = this.#missing(); missing > 0; missing--) {
      if (!this.#start(initTimeoutMs)) break;
    }
    const mayGrow = this.#all.size > 0 && this.#idle.length === 0 && !this.#cannotStart;
    if (this.#queue.length > 0 || mayGrow) this.#scaleLater();
  }

  /** How many more environments keep the queue, and one invocation that may come next, from waiting for too long. */
  #missing(): number {
    if (this.#all.size === 0) return 1;
    if (this.#idle.length > 0) return 0;
    const wanted = this.#queue.length + (this.#cannotStart || this.#retired ? 0 : 1);
    const busy = this.#all.size - this.#starting.size;
    const enough = Math.ceil((wanted * this.#typicalMs()) / waitMsMax);
    return Math.min(enough, busy + wanted) - this.#all.size;
  }

  #typicalMs(): number {
    const now = this.#host.nowMs();
    const busy = [...this.#all].filter((environment) => !this.#starting.has(environment));
    const youngestMs = Math.min(...busy.map(({ sinceMs }) => now - sinceMs));
    if (!Number.isFinite(youngestMs)) return this.#meanMs ?? 0;
    if (this.#meanMs === undefined) return youngestMs;
    return youngestMs > this.#meanMs * slowTimes + slowMs ? youngestMs : this.#meanMs;
  }

  becameIdle(environment: Environment): void {
    this.#starting.delete(environment);
    const waiting = this.#queue.shift();
    if (waiting) this.#run(environment, waiting.invocation).then(waiting.settle, waiting.fail);
    else if (this.#retired) environment.retire();
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

  /** No new invocations: idle environments end, and the others when nobody waits for them any more. */
  drain(): void {
    this.#retired = true;
    const unneeded = this.#queue.length > 0 ? this.#idle : [...this.#idle, ...this.#starting];
    for (const environment of [...unneeded]) environment.retire();
  }

  /** Ends everything at once. What waits is rejected with `error`. */
  close(error: Error): void {
    this.#retired = true;
    for (const { fail } of this.#queue.splice(0)) fail(error);
    for (const environment of [...this.#all]) environment.retire();
  }

  async #run(environment: Environment, invocation: Invocation): Promise<Outcome> {
    const startedMs = this.#host.nowMs();
    const outcome = await environment.invoke(invocation);
    const durationMs = this.#host.nowMs() - startedMs;
    this.#meanMs = this.#meanMs === undefined ? durationMs : this.#meanMs + newestShare * (durationMs - this.#meanMs);
    return outcome;
  }

  #start(timeoutMs: number): boolean {
    const environment = this.#host.create(this, timeoutMs);
    if (!environment) return false;
    this.#all.add(environment);
    this.#starting.add(environment);
    return true;
  }

  #scaleLater(): void {
    if (this.#timer || (this.#retired && this.#queue.length === 0)) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#idle.length === 0) this.scale();
    }, scaleEveryMs);
  }
}
