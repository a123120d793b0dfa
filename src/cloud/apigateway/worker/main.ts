// The program of a worker thread: performs one task after the other.

import { parentPort } from "node:worker_threads";
import { perform, type Tasks } from "./tasks.js";

const port = parentPort;
if (!port) throw new Error("This program runs in a worker thread");
port.on("message", ({ kind, input }: { readonly kind: keyof Tasks; readonly input: never }) => {
  port.postMessage(perform(kind, input));
});
