// The program of a worker thread: reads the model, then scores one block after the other.

import { parentPort, workerData } from "node:worker_threads";
import { TepalError } from "../../base/index.js";
import { createBlockScorer } from "../score-block.js";
import type { WorkerInput, WorkerOutput, WorkerSetup } from "./messages.js";
import { readModelFiles } from "./model-files.js";

const port = parentPort;
if (!port) throw new Error("This program runs in a worker thread");

const { files, task } = workerData as WorkerSetup;
const scorer = readModelFiles(files).then((model) => createBlockScorer(model, task));

port.on("message", async (block: WorkerInput) => {
  try {
    const scored = await (await scorer)(block);
    port.postMessage({ scored } satisfies WorkerOutput, [scored.bytes.buffer]);
  } catch (error) {
    port.postMessage(failureOf(error));
  }
});

/** A class of errors does not survive the way to another thread. */
function failureOf(error: unknown): WorkerOutput {
  if (error instanceof TepalError) {
    const { code, message, place, hint } = error;
    return { failed: { code, message, place, hint } };
  }
  return { failed: { message: error instanceof Error ? (error.stack ?? error.message) : String(error) } };
}
