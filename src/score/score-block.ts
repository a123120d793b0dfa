import { gzipSync } from "node:zlib";
import type { Model } from "../model/index.js";
import type { Block, DecodedBlock, RejectedRow, ScoredBlock } from "./block.js";
import { decodeCsv } from "./csv/decode-csv.js";
import { encodeCsv } from "./csv/encode-csv.js";
import { CsvRecords } from "./csv/records.js";
import { decodeJsonl } from "./jsonl/decode-jsonl.js";
import { encodeJsonl } from "./jsonl/encode-jsonl.js";
import { predictionColumns } from "./prediction-columns.js";
import { scoreRows } from "./score-rows.js";
import type { ScoredTable } from "./table-writing.js";
import type { ScoreTask } from "./task.js";

/** Fast: the time of the compression must not be more than that of the predictions. */
const gzipLevel = 4;

/** Scores one block after the other. Only one call may run at a time. */
export type BlockScorer = (block: Block) => Promise<ScoredBlock>;

/** @throws ScoreError "score-output"; errors about single rows are part of the result */
export function createBlockScorer(model: Model, task: ScoreTask): BlockScorer {
  const decode = decoder(model, task);
  const encode = encoder(task);
  return async (block) => {
    const decoded = await decode(block);
    const pieces = await scoreRows(0, decoded.usable.length, decoded.run);
    const records = pieces.flatMap((piece) =>
      "outputs" in piece
        ? Array.from({ length: piece.to - piece.from }, (_, i) => decoded.usable[piece.from + i]!)
        : [],
    );
    const predictions = predictionColumns(model.signature, task.methods, pieces, task.prefix).map((column, index) => ({
      ...column,
      type: task.predictions?.[index]?.type ?? column.type,
    }));
    const rejected = [
      ...decoded.rejected,
      ...pieces.flatMap((piece) =>
        "reason" in piece ? [{ record: decoded.usable[piece.row]!, reason: piece.reason }] : [],
      ),
    ].sort((a, b) => a.record - b.record);
    const table: ScoredTable = {
      decoded: copiesRecords(task) ? decoded : { ...decoded, raw: undefined },
      columns: task.columns,
      records,
      predictions,
    };
    return {
      ...(records.length > 0 ? await encode(table) : { bytes: new Uint8Array() }),
      rows: records.length,
      rejected: rejected.map((each) => rejectedRow(decoded, each)),
      lines: decoded.lines,
      predictions: predictions.map(({ name, type }) => ({ name, type })),
    };
  };
}

function decoder(model: Model, { input, methods }: ScoreTask): (block: Block) => DecodedBlock | Promise<DecodedBlock> {
  const calls = { model, methods };
  const records = new CsvRecords();
  return async (block) => {
    if (block.kind === "text" && input.format !== "parquet") {
      const bytes = Buffer.from(block.bytes.buffer, block.bytes.byteOffset, block.bytes.length);
      return input.format === "csv" ? decodeCsv(bytes, input, calls, records) : decodeJsonl(bytes, input, calls);
    }
    if (block.kind === "columns" && input.format === "parquet") {
      const { decodeColumns } = await import("./parquet/decode-columns.js");
      return decodeColumns(block, input, calls);
    }
    throw new Error(`A block of ${block.kind} is not one of ${input.format}`);
  };
}

function encoder({ output }: ScoreTask): (table: ScoredTable) => Promise<Pick<ScoredBlock, "bytes" | "rowGroup">> {
  return async (table) => {
    if (output.format === "parquet") return (await import("./parquet/encode-parquet.js")).encodeParquet(table);
    const bytes = output.format === "csv" ? encodeCsv(table, output.delimiter) : encodeJsonl(table);
    return { bytes: output.gzip ? gzipped(bytes) : bytes };
  };
}

/** A gzip file can have several members: each block is one, and a run that was interrupted continues after one. */
export function gzipped(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(gzipSync(bytes, { level: gzipLevel }));
}

/** Whether the input's records are copied to the output, with the predictions behind them. */
export function copiesRecords({ input, output }: ScoreTask): boolean {
  if (input.format === "csv" && output.format === "csv") {
    return String.fromCharCode(input.delimiter) === output.delimiter;
  }
  return input.format === "jsonl" && output.format === "jsonl";
}

function rejectedRow(decoded: DecodedBlock, { record, reason }: { record: number; reason: string }): RejectedRow {
  return { line: decoded.line(record), reason, row: decoded.text(record) };
}
