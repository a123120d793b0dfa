// Worker threads for work that would hold up other requests, with a deadline and bounded memory. None runs until it
// is needed.

import { Worker } from "node:worker_threads";
import { workerProgram } from "./program-file.js";
import type { Failed, Tasks } from "./tasks.js";

/**
 * How long one task may take, from its start on a thread. AWS gives a request 29 seconds in all. The largest body
 * that it accepts (10 MB) is validated or mapped in one or two on an idle machine; a busy one gets more time.
 */
const taskMsMax = 10_000;
/** Two, so that one costly request does not delay the next; each takes a processor while it runs. */
const workersMax = 2;
/** Tasks that wait for a thread. One more fails at once. */
const waitingMax = 64;
/** How long a task waits for a thread: with its own time that makes API Gateway's 29 seconds. */
const waitingMsMax = 19_000;
/** A thread without work ends after this time and gives its memory back. */
const idleMsMax = 30_000;
/** A body of 10 MB as parsed values, several times over. */
const resourceLimits = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 64 };

/** A task took more time or memory than it may. */
export class TooCostly extends Error {
  override readonly name = "TooCostly";
}

interface Job {
  /** Runs while the job is waiting. */
  timer?: NodeJS.Timeout;
  readonly message: { readonly kind: keyof Tasks; readonly input: unknown };
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  job: Job | undefined;
  timer: NodeJS.Timeout | undefined;
}

export class WorkerPool {
  readonly #taskMsMax: number;
  readonly #threads = new Set<Thread>();
  readonly #waiting: Job[] = [];

  constructor({ taskMsMax: ms = taskMsMax }: { readonly taskMsMax?: number } = {}) {
    this.#taskMsMax = ms;
  }

  /**
   * Performs a task on a worker thread.
   * @throws TooCostly when it takes too much time or memory, or too many tasks are waiting
   */
  run<Kind extends keyof Tasks>(kind: Kind, input: Tasks[Kind]["input"]): Promise<Tasks[Kind]["output"] | Failed> {
    return new Promise((resolve, reject) => {
      const job: Job = {
        message: { kind, input },
        // The thread's program gives each kind of task its own output.
        resolve: (output) => resolve(output as Tasks[Kind]["output"] | Failed),
        reject,
      };
      if (this.#waiting.length >= waitingMax) {
        reject(new TooCostly("Too many costly requests"));
        return;
      }
      this.#waiting.push(job);
      this.#assign();
      if (this.#waiting.includes(job)) job.timer = setTimeout(() => this.#giveUp(job), waitingMsMax);
    });
  }

  #giveUp(job: Job): void {
    const index = this.#waiting.indexOf(job);
    if (index >= 0) this.#waiting.splice(index, 1);
    job.reject(new TooCostly(`It has waited ${waitingMsMax} ms for other costly requests`));
  }

  /** Ends all threads; tasks that have not been performed fail. */
  async close(): Promise<void> {
    for (const job of this.#waiting.splice(0)) {
      clearTimeout(job.timer);
      job.reject(new TooCostly("The cloud is closing"));
    }
    await Promise.all([...this.#threads].map((thread) => this.#end(thread, new TooCostly("The cloud is closing"))));
  }

  #assign(): void {
    while (this.#waiting.length > 0) {
      const thread = [...this.#threads].find(({ job }) => !job) ?? this.#start();
      if (!thread) return;
      const job = this.#waiting.shift();
      if (!job) return;
      this.#begin(thread, job);
    }
  }

  #begin(thread: Thread, job: Job): void {
    clearTimeout(job.timer);
    clearTimeout(thread.timer);
    thread.job = job;
    thread.timer = setTimeout(() => {
      void this.#end(thread, new TooCostly(`It takes more than ${this.#taskMsMax} ms`));
    }, this.#taskMsMax);
    thread.worker.ref();
    thread.worker.postMessage(job.message);
  }

  #start(): Thread | undefined {
    if (this.#threads.size >= workersMax) return undefined;
    const worker = new Worker(workerProgram, { resourceLimits, execArgv: [], env: {} });
    const thread: Thread = { worker, job: undefined, timer: undefined };
    this.#threads.add(thread);
    worker.on("message", (output) => this.#finish(thread, output));
    worker.on("error", (error) => {
      const isMemory = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
      void this.#end(thread, isMemory ? new TooCostly("It takes too much memory") : error);
    });
    return thread;
  }

  #finish(thread: Thread, output: unknown): void {
    // A message may still arrive after the deadline.
    if (!this.#threads.has(thread)) return;
    const { job } = thread;
    clearTimeout(thread.timer);
    thread.job = undefined;
    // An idle thread does not keep the process alive.
    thread.worker.unref();
    thread.timer = setTimeout(() => void this.#end(thread, new TooCostly("The thread has ended")), idleMsMax).unref();
    job?.resolve(output);
    this.#assign();
  }

  async #end(thread: Thread, reason: Error): Promise<void> {
    clearTimeout(thread.timer);
    this.#threads.delete(thread);
    thread.job?.reject(reason);
    thread.job = undefined;
    this.#assign();
    await thread.worker.terminate();
  }
}
