import type { ColumnType } from "../block.js";
import { ByteBuilder } from "../byte-builder.js";
import { jsonOf, type ScoredTable } from "../table-writing.js";
import { carriageReturn } from "./bytes.js";

/** Bytes of one more cell in a row, to allocate the output of a block at once. */
const cellBytesTypical = 20;

/** The rows as CSV. Records of a CSV file are copied as they are, with the predictions behind them. */
export function encodeCsv(
  { decoded, columns, records, predictions }: ScoredTable,
  delimiter: string,
): Uint8Array<ArrayBuffer> {
  const { raw } = decoded;
  const cellTexts = predictions.map(({ type, values }) => ({ values, text: cellWriter(type, delimiter) }));
  const columnTexts = raw ? [] : columns.map(({ type }) => cellWriter(type, delimiter));
  const perRow = cellBytesTypical * (predictions.length + columnTexts.length);
  const out = new ByteBuilder((raw?.bytes.length ?? 0) + perRow * records.length);
  for (let row = 0; row < records.length; row++) {
    const record = records[row]!;
    let line = "";
    let ending = "\n";
    if (raw) {
      const end = raw.end(record);
      out.copy(raw.bytes, raw.start(record), end);
      if (raw.bytes[end] === carriageReturn) ending = "\r\n";
    } else {
      line = columnTexts.map((text, column) => text(decoded.value(record, column))).join(delimiter);
    }
    for (let column = 0; column < cellTexts.length; column++) {
      const { values, text } = cellTexts[column]!;
      if (raw || column > 0 || columnTexts.length > 0) line += delimiter;
      line += text(values[row]);
    }
    out.append(line + ending);
  }
  return out.bytes();
}

export function csvHeader(names: readonly string[], delimiter: string): string {
  return names.map((name) => quotedIfNeeded(name, delimiter)).join(delimiter);
}

/** Writes values as pandas.to_csv does, but for whole floats: 2, where pandas writes 2.0. */
function cellWriter(type: ColumnType, delimiter: string): (value: unknown) => string {
  if (type === "json") return (value) => (value === null ? "" : quotedIfNeeded(jsonOf(value), delimiter));
  /** Labels and categories are few, and repeated. */
  const seen = new Map<string, string>();
  return (value) => {
    if (typeof value === "number") return Number.isNaN(value) ? "" : String(value);
    if (typeof value === "string") {
      const known = seen.get(value);
      if (known !== undefined) return known;
      const text = quotedIfNeeded(value, delimiter);
      if (seen.size < seenMax) seen.set(value, text);
      return text;
    }
    if (typeof value === "boolean") return value ? "True" : "False";
    return value === null || value === undefined ? "" : String(value);
  };
}

/** A column with more different strings, such as documents, gains nothing. */
const seenMax = 1_000;

function quotedIfNeeded(text: string, delimiter: string): string {
  const special = text.includes(delimiter) || /["\r\n]/.test(text);
  return special ? `"${text.replaceAll('"', '""')}"` : text;
}
