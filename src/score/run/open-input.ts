// Opens the input and looks at its first rows: the columns, and which of them are the model's.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Signature } from "../../model/index.js";
import type { Block, NamedColumn } from "../block.js";
import { cellKindOf } from "../csv/cell-values.js";
import { linesIn } from "../csv/decode-csv.js";
import { lastRecordEnd } from "../csv/record-end.js";
import { CsvRecords } from "../csv/records.js";
import { ScoreError } from "../errors.js";
import { type FileFormat, standardStream } from "../format.js";
import { isRecord } from "../jsonl/decode-jsonl.js";
import { matchColumns } from "../match-columns.js";
import type { InputTask } from "../task.js";
import { decompressed, TextReader } from "./text-reader.js";

const newline = 0x0a;
/** Rows of the first block that are looked at. */
const sampleRowsMax = 1_000;
const byteOrderMark = [0xef, 0xbb, 0xbf];

interface InputOptions extends FileFormat {
  /** The file's path; `standardStream` for `stream`. */
  readonly path: string;
  readonly stream: () => AsyncIterable<Uint8Array>;
  /** The model's columns in its order, as the input names them. */
  readonly chosen: readonly string[] | undefined;
  readonly hasHeader: boolean;
  /** Whether the output is text: times of Parquet files become strings. */
  readonly toText: boolean;
}

/** A block and where the input continues after it: in bytes, or in rows of a Parquet file. */
export interface PositionedBlock {
  readonly block: Block;
  readonly position: number;
}

export interface OpenInput {
  readonly task: InputTask;
  readonly columns: readonly NamedColumn[];
  /** The header as the output repeats it; undefined if the input has no header. */
  readonly header: Uint8Array | undefined;
  /** Where the rows start, and the lines before. */
  readonly start: { readonly position: number; readonly line: number };
  /** The size of the input in the unit of positions; undefined: unknown. */
  readonly size: number | undefined;
  /** The rows from a position on. */
  blocks(position: number): AsyncGenerator<PositionedBlock>;
}

/** @throws ScoreError "score-columns", "score-header", "score-input-empty", "score-parquet" */
export async function openInput(options: InputOptions, signature: Signature): Promise<OpenInput> {
  if (options.format === "parquet") return openParquet(options, signature);
  const isStream = options.path === standardStream;
  const reader = new TextReader(decompressed(isStream ? options.stream() : readFileChunks(options.path)));
  const size = isStream || options.gzip ? undefined : (await stat(options.path)).size;
  await skipByteOrderMark(reader);
  const opened = options.format === "csv" ? openCsv : openJsonl;
  return { size, ...(await opened(reader, options, signature)) };
}

async function* readFileChunks(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, { highWaterMark: 1 << 20 });
}

async function skipByteOrderMark(reader: TextReader): Promise<void> {
  const start = await reader.peek(byteOrderMark.length);
  if (byteOrderMark.every((byte, index) => start[index] === byte)) reader.consume(byteOrderMark.length);
}

type OpenText = Omit<OpenInput, "size">;

async function openCsv(reader: TextReader, options: InputOptions, signature: Signature): Promise<OpenText> {
  const delimiter = options.delimiter.charCodeAt(0);
  const endOf = (bytes: Buffer) => lastRecordEnd(bytes, delimiter);
  const first = await reader.firstRecords(endOf);
  const records = new CsvRecords().read(first, delimiter);
  if (records.count <= Number(options.hasHeader)) {
    throw new ScoreError("score-input-empty", `The input has ${records.count === 0 ? "no rows" : "only a header"}`);
  }
  const names = options.hasHeader ? headerOf(records) : Array.from({ length: records.width(0) }, (_, i) => String(i));
  const matched = matchColumns(signature, names, options.chosen);
  const kinds = matched.map(({ index, feature }) =>
    cellKindOf(feature, index === undefined ? [] : columnSample(records, index, Number(options.hasHeader))),
  );
  const numbers = new Set(matched.flatMap(({ index, feature }) => (feature.kind === "number" ? [index] : [])));
  const headerEnd = options.hasHeader ? records.start(1) : 0;
  const header = options.hasHeader ? Uint8Array.from(first.subarray(records.start(0), records.end(0))) : undefined;
  const start = { position: reader.position + headerEnd, line: linesIn(first, 0, headerEnd) };
  return {
    task: { format: "csv", delimiter, names, matched, kinds },
    columns: names.map((name, index) => ({ name, type: numbers.has(index) ? "number" : "string" })),
    header,
    start,
    blocks: (position) => textBlocks(reader, position, endOf),
  };
}

function headerOf(records: CsvRecords): readonly string[] {
  const names = Array.from({ length: records.width(0) }, (_, i) => records.cellText(records.firstCell(0) + i));
  if (names.length > 1 && names.every((name) => name.trim() !== "" && !Number.isNaN(Number(name)))) {
    throw new ScoreError("score-header", `The first line has only numbers: ${names.slice(0, 5).join(", ")}`);
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new ScoreError("score-header", `Duplicate column name ${JSON.stringify(twice)}`);
  return names;
}

function columnSample(records: CsvRecords, column: number, from: number): readonly string[] {
  const cells: string[] = [];
  for (let record = from; record < Math.min(records.count, from + sampleRowsMax); record++) {
    if (column < records.width(record)) cells.push(records.cellText(records.firstCell(record) + column));
  }
  return cells;
}

async function openJsonl(reader: TextReader, { chosen }: InputOptions, signature: Signature): Promise<OpenText> {
  const endOf = (bytes: Buffer) => bytes.lastIndexOf(newline) + 1;
  const rows = jsonSample(await reader.firstRecords(endOf));
  const objects = rows.filter(isRecord);
  const names = [...new Set(objects.flatMap((row) => Object.keys(row)))];
  const byName = signature.named || signature.features.length === 0 || signature.features[0]!.kind === "json";
  const isByPosition = objects.length > 0 && !byName;
  const keys =
    chosen || isByPosition
      ? matchColumns(signature, names, chosen).flatMap(({ index }) => (index === undefined ? [] : [names[index]!]))
      : undefined;
  return {
    task: { format: "jsonl", names, keys },
    columns: names.map((name) => ({ name, type: jsonType(objects.map((row) => row[name])) })),
    header: undefined,
    start: { position: reader.position, line: 0 },
    blocks: (position) => textBlocks(reader, position, endOf),
  };
}

/** The values of the first lines. Lines that are not JSON are reported as rejected rows later. */
function jsonSample(bytes: Buffer): readonly unknown[] {
  const lines = bytes.toString("utf8").split("\n", sampleRowsMax);
  const rows = lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as unknown];
    } catch {
      return [];
    }
  });
  if (rows.length > 0) return rows;
  throw new ScoreError("score-input-empty", "The input has no line that is JSON in its beginning", {
    hint: "JSON Lines has one JSON object on each line. A JSON array must be converted to it first.",
  });
}

/** The type of a key, for an output of columns. A later value of another type is written as JSON or not at all. */
function jsonType(values: readonly unknown[]): NamedColumn["type"] {
  const kinds = new Set(values.flatMap((value) => (value === null || value === undefined ? [] : [typeof value])));
  const [kind] = kinds;
  if (kinds.size !== 1) return kinds.size === 0 ? "string" : "json";
  return kind === "number" || kind === "string" || kind === "boolean" ? kind : "json";
}

async function* textBlocks(
  reader: TextReader,
  position: number,
  endOf: (bytes: Buffer) => number,
): AsyncGenerator<PositionedBlock> {
  await reader.skipTo(position);
  for (let bytes = await reader.nextBlock(endOf); bytes; bytes = await reader.nextBlock(endOf)) {
    yield { block: { kind: "text", bytes }, position: reader.position };
  }
}

async function openParquet({ path, chosen, toText }: InputOptions, signature: Signature): Promise<OpenInput> {
  if (path === standardStream) {
    throw new ScoreError("score-format", "A Parquet file cannot be read from a stream", {
      hint: "Its description is at its end: pass the path of a file.",
    });
  }
  const { ParquetReader } = await import("../parquet/parquet-reader.js");
  const file = await ParquetReader.open(path, toText);
  if (file.rows === 0) throw new ScoreError("score-input-empty", "The input has no rows");
  const names = file.columns.map(({ name }) => name);
  return {
    task: { format: "parquet", names, matched: matchColumns(signature, names, chosen) },
    columns: file.columns,
    header: undefined,
    start: { position: 0, line: 0 },
    size: file.rows,
    async *blocks(position) {
      let end = position;
      for await (const block of file.blocks(position)) {
        end += block.rows;
        yield { block, position: end };
      }
    },
  };
}
