// What is the same for all blocks of a run. It is sent to worker threads and recorded in the journal: plain data.

import type { MethodName } from "../model/index.js";
import type { Format, NamedColumn } from "./block.js";
import type { CsvColumns } from "./csv/decode-csv.js";
import type { JsonlColumns } from "./jsonl/decode-jsonl.js";
import type { MatchedColumn } from "./match-columns.js";

/** How the rows of the input are read. */
export type InputTask =
  | ({ readonly format: "csv" } & CsvColumns)
  | ({ readonly format: "jsonl" } & JsonlColumns)
  | { readonly format: "parquet"; readonly names: readonly string[]; readonly matched: readonly MatchedColumn[] };

interface OutputTask {
  readonly format: Format;
  readonly gzip: boolean;
  /** Of CSV. */
  readonly delimiter: string;
}

export interface ScoreTask {
  readonly methods: readonly MethodName[];
  /** Before the name of each column of predictions. */
  readonly prefix: string;
  readonly input: InputTask;
  readonly output: OutputTask;
  /** The input's columns. */
  readonly columns: readonly NamedColumn[];
  /** The columns of predictions of the run's first block: all blocks of a Parquet file have the same types. */
  readonly predictions?: readonly NamedColumn[];
}
