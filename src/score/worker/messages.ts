// What goes to a worker thread and comes from it.

import type { ErrorPlace } from "../../base/index.js";
import type { Block, ScoredBlock } from "../block.js";
import type { ScoreTask } from "../task.js";
import type { ModelFile } from "./model-files.js";

export interface WorkerSetup {
  readonly files: readonly ModelFile[];
  readonly task: ScoreTask;
}

export type WorkerInput = Block;

export type WorkerOutput =
  | { readonly scored: ScoredBlock }
  | {
      readonly failed: {
        /** Of a TepalError. */
        readonly code?: string;
        readonly message: string;
        readonly place?: ErrorPlace;
        readonly hint?: string;
      };
    };
