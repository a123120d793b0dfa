import { type MethodName, type Model, readTable, type Table } from "../../model/index.js";
import type { DecodedBlock } from "../block.js";
import { isWholeRow, type MatchedColumn } from "../match-columns.js";
import { newline } from "./bytes.js";
import { type CellKind, numberInCell, valueInCell } from "./cell-values.js";
import type { CsvRecords } from "./records.js";

export interface CsvColumns {
  readonly delimiter: number;
  readonly names: readonly string[];
  readonly matched: readonly MatchedColumn[];
  /** For each matched column. */
  readonly kinds: readonly CellKind[];
}

/** The rows of a block as the model's table. @param records is used until the block has been written */
export function decodeCsv(
  bytes: Buffer,
  { delimiter, names, matched, kinds }: CsvColumns,
  { model, methods }: { readonly model: Model; readonly methods: readonly MethodName[] },
  records: CsvRecords,
): DecodedBlock {
  records.read(bytes, delimiter);
  const { count } = records;
  const usable = new Int32Array(count);
  const rejected: { record: number; reason: string }[] = [];
  let rows = 0;
  for (let record = 0; record < count; record++) {
    const width = records.width(record);
    if (width === names.length) usable[rows++] = record;
    else rejected.push({ record, reason: `The row has ${width} cells; the header has ${names.length}` });
  }
  const isMatrix = matched.length > 0 && matched.every(({ feature }) => feature.kind === "number");
  const cells = { records, usable: usable.subarray(0, rows), names, matched, kinds };
  const table = isMatrix ? numberTable(cells, rejected) : valueTable(cells, model);
  const numberColumns = new Set(matched.flatMap(({ index, feature }) => (feature.kind === "number" ? [index] : [])));
  return {
    records: count,
    usable: table.usable,
    rejected,
    run: async (from, to) => {
      const input = table.rows(from, to);
      return Promise.all(methods.map((method) => model.run(method, input)));
    },
    value(record, column) {
      const cell = records.firstCell(record) + column;
      if (!numberColumns.has(column)) return records.cellText(cell) || null;
      const value = numberInCell(records, cell);
      return typeof value === "number" && !Number.isNaN(value) ? value : null;
    },
    raw: { bytes, start: (record) => records.start(record), end: (record) => records.end(record) },
    line: lineCounter(bytes, records),
    lines: linesIn(bytes, 0, bytes.length),
    text: (record) => bytes.toString("utf8", records.start(record), records.end(record)),
  };
}

interface Cells extends Omit<CsvColumns, "delimiter"> {
  readonly records: CsvRecords;
  readonly usable: Int32Array;
}

interface DecodedTable {
  readonly usable: Int32Array;
  rows(from: number, to: number): Table;
}

/** All features are numbers: the fast path, without an object for each row. Rejects rows with other cells. */
function numberTable(
  { records, usable, names, matched }: Cells,
  rejected: { record: number; reason: string }[],
): DecodedTable {
  const columns = matched.length;
  const data = new Float64Array(usable.length * columns);
  const indices = matched.map(({ index }) => index ?? -1);
  const allowsMissing = matched.map(({ feature, index }) => feature.missing || index === undefined);
  let rows = 0;
  for (const record of usable) {
    const first = records.firstCell(record);
    let column = 0;
    for (; column < columns; column++) {
      const index = indices[column]!;
      const value = index < 0 ? Number.NaN : numberInCell(records, first + index);
      if (typeof value === "number" && (allowsMissing[column] || !Number.isNaN(value))) {
        data[rows * columns + column] = value;
        continue;
      }
      const name = JSON.stringify(names[index]);
      const found = JSON.stringify(records.cellText(first + index).slice(0, 40));
      const reason =
        typeof value === "number"
          ? `Missing value in column ${name}; expected a number`
          : `Expected a ${value === "infinite" ? "finite " : ""}number in column ${name}, found ${found}`;
      rejected.push({ record, reason });
      break;
    }
    if (column === columns) usable[rows++] = record;
  }
  return {
    usable: usable.subarray(0, rows),
    rows: (from, to) => ({
      kind: "matrix",
      rows: to - from,
      columns,
      data: data.subarray(from * columns, to * columns),
    }),
  };
}

/** The model's own checks of requests decide about the values. */
function valueTable({ records, usable, names, matched, kinds }: Cells, { signature }: Model): DecodedTable {
  const known = matched.map(
    ({ feature }) => new Set((feature.categories ?? []).filter((category) => typeof category === "string")),
  );
  const rowOf = isWholeRow(signature)
    ? (first: number) =>
        Object.fromEntries(
          matched.flatMap(({ index = 0 }, i) => {
            const value = valueInCell(records, first + index, kinds[i]!, known[i]!);
            return value === null ? [] : [[names[index]!, value]];
          }),
        )
    : (first: number) =>
        matched.map(({ index }, i) =>
          index === undefined ? null : valueInCell(records, first + index, kinds[i]!, known[i]!),
        );
  return {
    usable,
    rows(from, to) {
      const values = Array.from({ length: to - from }, (_, i) => rowOf(records.firstCell(usable[from + i]!)));
      return readTable(values, signature);
    },
  };
}

/** The lines before a record. Records come in ascending order: each count continues the one before. */
function lineCounter(bytes: Buffer, records: CsvRecords): (record: number) => number {
  let counted = { end: 0, lines: 0 };
  return (record) => {
    const end = records.start(record);
    if (end < counted.end) counted = { end: 0, lines: 0 };
    counted = { end, lines: counted.lines + linesIn(bytes, counted.end, end) };
    return counted.lines;
  };
}

export function linesIn(bytes: Buffer, start: number, end: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(newline, start); at >= 0 && at < end; at = bytes.indexOf(newline, at + 1)) lines++;
  return lines;
}
