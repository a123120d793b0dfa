// The environments of one version of a function: which are idle, which invocations wait, and when to start another.

import type { Environment, InitFailure, Invocation, Outcome } from "./environment.js";

interface PoolHost {
  readonly nowMs: () => number;
  /** Starts an environment, whose events call the pool; undefined when this machine runs as many as it may. */
  create(pool: Pool, initTimeoutMs: number): Environment | undefined;
  /** Called after every start of an environment. */
  onInit(succeeded: boolean): void;
}

/**
 * How long an invocation may wait for a busy environment. A start takes 50 to 200 ms of a processor, and many
 * environments of a fast function halve the throughput of two processors; so as many are started as keep the wait below
 * this, by the duration of the function's invocations.
 */
const waitMsMax = 50;
/** The interval at which that is checked while no environment is idle. */
const scaleEveryMs = 20;
/**
 * Checks until an invocation no longer waits for an environment to come back. Counted, because time also passes while
 * this process stalls.
 */
const returnChecksMax = 3;
/** The weight of the newest invocation in the moving average of durations. */
const newestWeight = 0.2;
/**
 * An invocation that takes this much longer than the average is not a stall of the machine: the function has become
 * slow.
 */
const slowMs = 100;
const slowTimes = 4;
/** Lambda's limit for the start of an environment. */
const initTimeoutMs = 10_000;
/** Starts that fail during one invocation before the failure is its response. */
const initAttemptsMax = 2;

interface Waiting {
  readonly invocation: Invocation;
  readonly settle: (outcome: Outcome) => void;
  readonly fail: (error: unknown) => void;
  /** Checks (`scaleEveryMs`) since it came. */
  checks: number;
  /** The count of invocations when this one came. */
  readonly sequence: number;
  /**
   * Environments that failed to start for this invocation: started while it waited, or awaited by it as the first in
   * the queue.
   */
  initFailures: number;
}

export class Pool {
  readonly #host: PoolHost;
  readonly #timeoutSeconds: number;
  readonly #all = new Set<Environment>();
  /** The last one to become idle is used first: its memory is warm, and the others can be retired. */
  readonly #idle: Environment[] = [];
  /** Environments that are starting, each with the count of invocations at the time it was started. */
  readonly #starting = new Map<Environment, number>();
  readonly #queue: Waiting[] = [];
  /** Moving average of the invocations' durations. */
  #meanMs: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #retired = false;
  /** The last start failed: until one succeeds, environments are started for waiting invocations only, none ahead. */
  #initFailed = false;
  #invocations = 0;

  constructor(timeoutSeconds: number, host: PoolHost) {
    this.#host = host;
    this.#timeoutSeconds = timeoutSeconds;
  }

  /** The environment that has been idle the longest. */
  get longestIdle(): Environment | undefined {
    return this.#idle[0];
  }

  invoke(invocation: Invocation): Promise<Outcome> {
    const sequence = ++this.#invocations;
    const environment = this.#idle.length > 0 && this.#isOneReturning() ? undefined : this.#idle.pop();
    if (environment) {
      this.#scaleLater();
      return this.#run(environment, invocation);
    }
    return new Promise((settle, fail) => {
      this.#queue.push({ invocation, settle, fail, checks: 0, sequence, initFailures: 0 });
      if (this.#all.size === 0) this.#scale();
      else this.#scaleLater();
    });
  }

  /**
   * Whether an environment that just responded comes back for this invocation. A caller that waits for each response
   * stays on one environment, as in Lambda, although another is idle.
   */
  #isOneReturning(): boolean {
    if (this.#all.size === this.#idle.length) return false;
    const returning = [...this.#all].filter((environment) => environment.isReturning);
    return returning.length > this.#queue.length;
  }

  /** Runs invocations on idle environments: those that they waited for did not come back. */
  #dispatchLate(): void {
    for (const waiting of this.#queue) waiting.checks++;
    while ((this.#queue[0]?.checks ?? 0) >= returnChecksMax) {
      const environment = this.#idle.pop();
      if (!environment) return;
      const { invocation, settle, fail } = this.#queue.shift()!;
      this.#run(environment, invocation).then(settle, fail);
    }
  }

  /** Starts the first environment before any invocation comes. */
  startAhead(): void {
    if (this.#all.size === 0 && !this.#retired) this.#start(initTimeoutMs);
  }

  /** Starts the environments that are missing, and checks again later while invocations wait or run. */
  #scale(): void {
    if (this.#retired && this.#queue.length === 0) return;
    for (let missing = this.#missing(); missing > 0; missing--) {
      if (!this.#start(initTimeoutMs)) break;
    }
    const mayGrow = this.#all.size > 0 && this.#idle.length === 0 && !this.#initFailed;
    if (this.#queue.length > 0 || mayGrow) this.#scaleLater();
  }

  /** How many more environments keep the queue, and one invocation that may come next, from waiting too long. */
  #missing(): number {
    if (this.#all.size === 0) return this.#queue.length > 0 ? 1 : 0;
    if (this.#idle.length > 0) return 0;
    const demand = this.#queue.length + (this.#initFailed || this.#retired ? 0 : 1);
    const busy = this.#all.size - this.#starting.size;
    const enough = Math.ceil((demand * this.#typicalMs()) / waitMsMax);
    return Math.min(enough, busy + demand) - this.#all.size;
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
    const isNew = this.#starting.delete(environment);
    if (isNew) {
      this.#initFailed = false;
      this.#host.onInit(true);
    }
    const waiting = this.#queue.shift();
    if (waiting && isNew && this.#isOneReturning()) {
      this.#queue.unshift(waiting);
      this.#idle.push(environment);
    } else if (waiting) this.#run(environment, waiting.invocation).then(waiting.settle, waiting.fail);
    else if (this.#retired) environment.retire();
    else this.#idle.push(environment);
  }

  /**
   * Starts nothing unless an invocation waits: a function that cannot start, or that exits while idle, would be
   * restarted for ever. As AWS does, a start that failed is repeated within the invocation, under the function's own
   * time-out; a second failure is the response. The next invocation tries again.
   */
  ended(environment: Environment, failure: InitFailure | undefined): void {
    const startedAt = this.#starting.get(environment) ?? 0;
    this.#all.delete(environment);
    this.#starting.delete(environment);
    const index = this.#idle.indexOf(environment);
    if (index >= 0) this.#idle.splice(index, 1);
    if (!failure) {
      if (this.#queue.length > 0) this.#scaleLater();
      return;
    }
    this.#initFailed = true;
    this.#host.onInit(false);
    this.#queue.forEach((waiting, index) => {
      if (index === 0 || waiting.sequence <= startedAt) waiting.initFailures++;
    });
    while ((this.#queue[0]?.initFailures ?? 0) >= initAttemptsMax) {
      const { invocation, settle } = this.#queue.shift()!;
      settle({ payload: failure.payload(invocation.requestId), functionError: "Unhandled", logTail: "" });
    }
    if (this.#queue.length > 0 && this.#starting.size === 0) this.#start(this.#timeoutSeconds * 1000);
  }

  /** Retires environments that have been idle longer than `extraMs`, the last one longer than `lastMs`. */
  retireIdle(extraMs: number, lastMs: number): void {
    const now = this.#host.nowMs();
    for (const environment of [...this.#idle]) {
      const limitMs = this.#all.size > 1 ? extraMs : lastMs;
      if (now - environment.sinceMs > limitMs) environment.retire();
    }
  }

  /** Accepts no new invocations: idle environments end at once, the others when the queue is empty. */
  drain(): void {
    this.#retired = true;
    const unneeded = this.#queue.length > 0 ? this.#idle : [...this.#idle, ...this.#starting.keys()];
    for (const environment of [...unneeded]) environment.retire();
  }

  /** Ends all environments. Waiting invocations are rejected with `error`. */
  close(error: Error): void {
    this.#retired = true;
    for (const { fail } of this.#queue.splice(0)) fail(error);
    for (const environment of [...this.#all]) environment.retire();
  }

  async #run(environment: Environment, invocation: Invocation): Promise<Outcome> {
    const startedMs = this.#host.nowMs();
    const outcome = await environment.invoke(invocation);
    const durationMs = this.#host.nowMs() - startedMs;
    this.#meanMs = this.#meanMs === undefined ? durationMs : this.#meanMs + newestWeight * (durationMs - this.#meanMs);
    return outcome;
  }

  #start(timeoutMs: number): boolean {
    const environment = this.#host.create(this, timeoutMs);
    if (!environment) return false;
    this.#all.add(environment);
    this.#starting.set(environment, this.#invocations);
    return true;
  }

  #scaleLater(): void {
    if (this.#timer || (this.#retired && this.#queue.length === 0)) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#dispatchLate();
      if (this.#idle.length === 0) this.#scale();
      else if (this.#queue.length > 0) this.#scaleLater();
    }, scaleEveryMs);
  }
}
