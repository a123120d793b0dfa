import { Worker } from "node:worker_threads";
import { TepalError } from "../../base/index.js";
import type { Block, ScoredBlock } from "../block.js";
import type { BlockScorer } from "../score-block.js";
import type { WorkerOutput, WorkerSetup } from "./messages.js";
import { workerProgram } from "./program-file.js";

/** A scorer on a thread of its own. */
interface ThreadScorer {
  readonly score: BlockScorer;
  close(): Promise<void>;
}

export function startThread(setup: WorkerSetup): ThreadScorer {
  const worker = new Worker(workerProgram, { workerData: setup, execArgv: [] });
  let waiting: { resolve(scored: ScoredBlock): void; reject(error: Error): void } | undefined;
  let broken: Error | undefined;
  const fail = (error: Error) => {
    broken = error;
    waiting?.reject(error);
  };
  worker.on("message", (output: WorkerOutput) => {
    if ("scored" in output) waiting?.resolve(output.scored);
    else waiting?.reject(errorOf(output.failed));
  });
  worker.on("error", fail);
  worker.on("exit", () => fail(new Error("A worker thread has ended")));
  return {
    score: (block) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        if (broken) reject(broken);
        else worker.postMessage(block, transferable(block));
      }),
    async close() {
      waiting = undefined;
      await worker.terminate();
    },
  };
}

function transferable(block: Block): ArrayBuffer[] {
  return block.kind === "text" ? [block.bytes.buffer] : [];
}

type Failed = Extract<WorkerOutput, { failed: unknown }>["failed"];

/** An error of another thread. */
class ThreadError extends TepalError {
  constructor({ code = "", message, hint = "", place = {} }: Failed) {
    super(code, message, hint, { place });
  }
}

function errorOf(failed: Failed): Error {
  return failed.code === undefined ? new Error(failed.message) : new ThreadError(failed);
}
