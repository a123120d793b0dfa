// A table is read, scored and written in blocks: pieces of whole rows, small enough for several in memory at once.

import type { RowGroup, SchemaElement } from "hyparquet";
import type { Output } from "../model/index.js";

export type Format = "csv" | "jsonl" | "parquet";

/** Whole rows of the input. */
export type Block =
  /** Records of CSV or JSON Lines. */
  | { readonly kind: "text"; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Rows of a Parquet file by column, in the order of the file's columns. */
  | { readonly kind: "columns"; readonly rows: number; readonly columns: readonly ArrayLike<unknown>[] };

/** The type of a column in a written table. `json` is any value, as JSON. */
export type ColumnType = "number" | "integer" | "string" | "boolean" | "json";

export interface NamedColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** The column in the schema of a Parquet file, which is written unchanged to another one. */
  readonly element?: SchemaElement;
}

/** A row without a prediction. */
export interface RejectedRow {
  /** In CSV and JSON Lines: lines of the block before the row. In Parquet: rows of the block before it. */
  readonly line: number;
  readonly reason: string;
  /** The row as the input has it; of a Parquet file, as JSON. */
  readonly row: string;
}

/** The output of a block. */
export interface ScoredBlock {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of a Parquet output: the description of `bytes`, whose offsets are relative to their start. */
  readonly rowGroup?: RowGroup;
  /** Rows with predictions. */
  readonly rows: number;
  readonly rejected: readonly RejectedRow[];
  readonly lines: number;
  /** The columns of predictions; empty if no row has one. */
  readonly predictions: readonly NamedColumn[];
}

/** A block whose rows are separated, and whose cells are ready for the model. */
export interface DecodedBlock {
  /** Rows of the block, with those that cannot be read. */
  readonly records: number;
  /** The records that the model gets, ascending. */
  readonly usable: ArrayLike<number>;
  readonly rejected: readonly { readonly record: number; readonly reason: string }[];
  /** The model's methods on usable records, from one position in `usable` up to another. */
  run(from: number, to: number): Promise<readonly Output[]>;
  /** A value of an input column, for a written table in another format. */
  value(record: number, column: number): unknown;
  /** The bytes of a record without its line break, in CSV and JSON Lines. */
  readonly raw?: { readonly bytes: Buffer; start(record: number): number; end(record: number): number };
  /** As in `RejectedRow`. */
  line(record: number): number;
  /** Lines of the whole block; in Parquet, its rows. */
  readonly lines: number;
  text(record: number): string;
}
