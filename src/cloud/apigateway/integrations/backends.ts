import type { Invoker } from "../../service-interfaces.js";
import type { WorkerPool } from "../worker/pool.js";
import type { Fetch } from "./http.js";

/** What integrations call. */
export interface Backends {
  readonly invoker: Invoker;
  readonly fetch: Fetch;
  /** Runs templates, validation and parsing that cost too much for the thread that serves all requests. */
  readonly workers: WorkerPool;
  readonly elapsedMs: () => number;
}
