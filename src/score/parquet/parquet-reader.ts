import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  type SchemaElement,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import type { Block, NamedColumn } from "../block.js";
import { ScoreError } from "../errors.js";
import { parquetParsers } from "./parsers.js";

/** Rows of a block, and of a row group that is written. */
const blockRows = 50_000;

/** Reads a Parquet file in blocks. A row group is decoded at once: its columns are in memory together. */
export class ParquetReader {
  readonly #file: AsyncBuffer;
  readonly #metadata: FileMetaData;
  readonly columns: readonly NamedColumn[];
  readonly rows: number;
  readonly #asText: boolean;

  private constructor(file: AsyncBuffer, metadata: FileMetaData, asText: boolean) {
    this.#file = file;
    this.#metadata = metadata;
    this.#asText = asText;
    this.columns = columnsOf(metadata);
    this.rows = Number(metadata.num_rows);
  }

  /**
   * @param asText whether dates and times become strings, for an output that is text
   * @throws ScoreError "score-parquet"
   */
  static async open(path: string, asText: boolean): Promise<ParquetReader> {
    return reading(path, async () => {
      const file = await asyncBufferFromFile(path);
      return new ParquetReader(file, await parquetMetadataAsync(file), asText);
    });
  }

  /** The rows from a position on. @throws ScoreError "score-parquet" */
  async *blocks(position: number): AsyncGenerator<Extract<Block, { kind: "columns" }>> {
    let groupStart = 0;
    for (const { num_rows } of this.#metadata.row_groups) {
      const groupEnd = groupStart + Number(num_rows);
      if (groupEnd > position) {
        const columns = await this.#readRows(groupStart, groupEnd);
        for (let start = Math.max(position, groupStart); start < groupEnd; start += blockRows) {
          const end = Math.min(start + blockRows, groupEnd);
          const [from, to] = [start - groupStart, end - groupStart];
          yield { kind: "columns", rows: to - from, columns: columns.map((values) => values.slice(from, to)) };
        }
      }
      groupStart = groupEnd;
    }
  }

  async #readRows(rowStart: number, rowEnd: number): Promise<readonly Sliceable[]> {
    const parts = new Map<string, { start: number; values: Sliceable }[]>(this.columns.map(({ name }) => [name, []]));
    await reading("", () =>
      parquetRead({
        file: this.#file,
        metadata: this.#metadata,
        compressors,
        parsers: parquetParsers(this.#asText),
        rowStart,
        rowEnd,
        onChunk: ({ columnName, columnData, rowStart: start }) => {
          parts.get(columnName)?.push({ start, values: columnData });
        },
      }),
    );
    return this.columns.map(({ name }) => {
      const values = joined((parts.get(name) ?? []).toSorted((a, b) => a.start - b.start).map((part) => part.values));
      if (values.length === rowEnd - rowStart) return values;
      const found = `${values.length} values in rows ${rowStart + 1} to ${rowEnd}`;
      throw new ScoreError("score-parquet", `The column ${JSON.stringify(name)} has ${found}`);
    });
  }
}

interface Sliceable extends ArrayLike<unknown> {
  slice(from: number, to: number): ArrayLike<unknown>;
}

function joined(parts: readonly Sliceable[]): Sliceable {
  const [first] = parts;
  if (parts.length === 1 && first) return first;
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (first instanceof Float64Array && parts.every((part) => part instanceof Float64Array)) {
    const values = new Float64Array(length);
    let at = 0;
    for (const part of parts) {
      values.set(part as Float64Array, at);
      at += part.length;
    }
    return values;
  }
  return parts.flatMap((part) => Array.from(part));
}

/** The columns of a file: nested ones have values of any kind. */
function columnsOf({ schema }: FileMetaData): readonly NamedColumn[] {
  const columns: NamedColumn[] = [];
  const [root] = schema;
  for (let index = 1; columns.length < (root?.num_children ?? 0) && index < schema.length; ) {
    const element = schema[index]!;
    columns.push(columnOf(element));
    index = afterSubtree(schema, index);
  }
  return columns;
}

function columnOf(element: SchemaElement): NamedColumn {
  const { name, type, num_children, repetition_type, converted_type, logical_type } = element;
  if (num_children || repetition_type === "REPEATED") return { name, type: "json" };
  const isUnannotated = converted_type === undefined && logical_type === undefined;
  // Bytes without an annotation are read as a string, and written as one.
  if (type === "BYTE_ARRAY" && isUnannotated) return { name, type: "string" };
  // Written by old programs, for nanoseconds; deprecated.
  if (type === "INT96") return { name, type: "string", element: { ...nanoseconds, name, repetition_type } };
  return { name, type: "string", element };
}

const nanoseconds = {
  type: "INT64",
  logical_type: { type: "TIMESTAMP", isAdjustedToUTC: false, unit: "NANOS" },
} as const;

function afterSubtree(schema: FileMetaData["schema"], index: number): number {
  let next = index + 1;
  for (let open = schema[index]?.num_children ?? 0; open > 0 && next < schema.length; open--) {
    open += schema[next]?.num_children ?? 0;
    next++;
  }
  return next;
}

async function reading<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    // The file is missing, or permission is denied: the caller explains it.
    if (cause instanceof ScoreError || (cause instanceof Error && "syscall" in cause)) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const place = path === "" ? {} : { file: path };
    throw new ScoreError("score-parquet", `The Parquet file cannot be read: ${reason}`, { place, cause });
  }
}
