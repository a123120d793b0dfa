import { type MethodName, type Model, readTable } from "../../model/index.js";
import type { DecodedBlock } from "../block.js";

const newline = 0x0a;
const carriageReturn = 0x0d;

export interface JsonlColumns {
  /** The keys of the input's rows, for output in another format. */
  readonly names: readonly string[];
  /**
   * The keys of the model's columns, in its order; undefined: the keys of a row are the model's names, or the row is a
   * list.
   */
  readonly keys: readonly string[] | undefined;
}

/** Decodes one JSON value a line. */
export function decodeJsonl(
  bytes: Buffer,
  { names, keys }: JsonlColumns,
  { model, methods }: { readonly model: Model; readonly methods: readonly MethodName[] },
): DecodedBlock {
  const starts: number[] = [];
  const ends: number[] = [];
  const lineNumbers: number[] = [];
  const parsed: unknown[] = [];
  const usable: number[] = [];
  const rejected: { record: number; reason: string }[] = [];
  let lines = 0;
  for (let start = 0; start < bytes.length; lines++) {
    const found = bytes.indexOf(newline, start);
    const next = found < 0 ? bytes.length : found;
    const end = next > start && bytes[next - 1] === carriageReturn ? next - 1 : next;
    const text = bytes.toString("utf8", start, end);
    if (text.trim() !== "") {
      const record = starts.length;
      starts.push(start);
      ends.push(end);
      lineNumbers.push(lines);
      const row = parseRow(text);
      parsed.push("value" in row ? row.value : undefined);
      const reason = "value" in row ? missingKey(row.value, keys) : row.reason;
      if (reason === undefined) usable.push(record);
      else rejected.push({ record, reason });
    }
    start = next + 1;
  }
  const signature = keys ? model.signature : { ...model.signature, ignoreExtra: true as const };
  return {
    records: starts.length,
    usable,
    rejected,
    async run(from, to) {
      const rows = usable.slice(from, to).map((record) => inModelOrder(parsed[record], keys));
      const table = readTable(rows, signature);
      return Promise.all(methods.map((method) => model.run(method, table)));
    },
    value: (record, column) => valueUnder(parsed[record], names[column]!),
    raw: { bytes, start: (record) => starts[record]!, end: (record) => ends[record]! },
    line: (record) => lineNumbers[record]!,
    lines,
    text: (record) => bytes.toString("utf8", starts[record]!, ends[record]!),
  };
}

function parseRow(text: string): { readonly value: unknown } | { readonly reason: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { reason: `Not valid JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function missingKey(row: unknown, keys: readonly string[] | undefined): string | undefined {
  if (!keys) return undefined;
  if (!isRecord(row)) return "The row is not a JSON object";
  const missing = keys.find((key) => !Object.hasOwn(row, key));
  return missing === undefined ? undefined : `The row has no ${JSON.stringify(missing)}`;
}

function inModelOrder(row: unknown, keys: readonly string[] | undefined): unknown {
  return keys && isRecord(row) ? keys.map((key) => row[key]) : row;
}

function valueUnder(row: unknown, name: string): unknown {
  return isRecord(row) && Object.hasOwn(row, name) ? row[name] : null;
}
