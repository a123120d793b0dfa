// One row group for each block. A worker writes it as a file of its own; the run puts the row groups behind each other
// and writes the footer (see parquet-footer.ts).

import type { SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { ColumnType, NamedColumn, ScoredBlock } from "../block.js";
import { jsonOf, type ScoredTable } from "../table-writing.js";

/** "PAR1", before the first row group. */
export const magicLength = 4;

export function encodeParquet({
  decoded,
  columns,
  records,
  predictions,
}: ScoredTable): Pick<ScoredBlock, "bytes" | "rowGroup"> {
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({ writer, schema: parquetSchema([...columns, ...predictions]) });
  const inputs = columns.map((column, index) => ({
    column,
    data: records.map((record) => decoded.value(record, index)),
  }));
  const outputs = predictions.map((column) => ({ column, data: Array.from(column.values) as readonly unknown[] }));
  parquet.write({
    columnData: [...inputs, ...outputs].map(({ column, data }) => ({
      name: column.name,
      data: data.map((value) => writtenValue(value, column)),
      // Indexes are at the end of a file, for which a row group alone is too early.
      offsetIndex: false,
    })),
    rowGroupSize: records.length,
  });
  return { bytes: Uint8Array.from(writer.getBytes().subarray(magicLength)), rowGroup: parquet.row_groups[0] };
}

export function parquetSchema(columns: readonly NamedColumn[]): SchemaElement[] {
  return [{ name: "schema", num_children: columns.length }, ...columns.map(elementOf)];
}

const elements: Readonly<Record<ColumnType, Omit<SchemaElement, "name">>> = {
  number: { type: "DOUBLE" },
  integer: { type: "INT64" },
  boolean: { type: "BOOLEAN" },
  string: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  json: { type: "BYTE_ARRAY", converted_type: "UTF8" },
};

function elementOf({ name, type, element }: NamedColumn): SchemaElement {
  return element ?? { name, ...elements[type], repetition_type: "OPTIONAL" };
}

/** A value as the writer expects it for the column's type. */
function writtenValue(value: unknown, { type, element }: NamedColumn): unknown {
  if (value === null || value === undefined || element) return value;
  if (type === "number") return Number(value);
  if (type === "integer") return typeof value === "bigint" ? value : BigInt(Number(value));
  if (type === "boolean") return Boolean(value);
  if (type === "json") return jsonOf(value);
  return String(value);
}
