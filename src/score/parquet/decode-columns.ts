import { type MethodName, type Model, readTable, type Table } from "../../model/index.js";
import type { Block, DecodedBlock } from "../block.js";
import { isWholeRow, type MatchedColumn } from "../match-columns.js";
import { jsonOf } from "../table-writing.js";

interface ParquetColumns {
  readonly names: readonly string[];
  readonly matched: readonly MatchedColumn[];
}

/** The rows of a block of columns as the model's table. */
export function decodeColumns(
  { rows, columns }: Extract<Block, { kind: "columns" }>,
  { names, matched }: ParquetColumns,
  { model, methods }: { readonly model: Model; readonly methods: readonly MethodName[] },
): DecodedBlock {
  const value = (row: number, column: number) => columns[column]![row] ?? null;
  const inputs = matched.map(({ index }) => (index === undefined ? undefined : columns[index]!));
  const table = tableReader(inputs, names, matched, model);
  return {
    records: rows,
    usable: Int32Array.from({ length: rows }, (_, row) => row),
    rejected: [],
    run: async (from, to) => {
      const input = table(from, to);
      return Promise.all(methods.map((method) => model.run(method, input)));
    },
    value,
    line: (row) => row,
    lines: rows,
    text: (row) => jsonOf(Object.fromEntries(names.map((name, column) => [name, value(row, column)]))),
  };
}

type Column = ArrayLike<unknown> | undefined;

function tableReader(
  inputs: readonly Column[],
  names: readonly string[],
  matched: readonly MatchedColumn[],
  { signature }: Model,
): (from: number, to: number) => Table {
  const allNumbers = inputs.every((column) => column instanceof Float64Array || column instanceof Float32Array);
  if (allNumbers && inputs.length > 0 && matched.every(({ feature }) => feature.kind === "number")) {
    return (from, to) => {
      const table = matrixOf(inputs, from, to);
      return table.data.every(Number.isFinite) ? table : checked(from, to);
    };
  }
  return checked;

  function checked(from: number, to: number): Table {
    const rows = Array.from({ length: to - from }, (_, i) =>
      isWholeRow(signature)
        ? Object.fromEntries(
            matched.flatMap(({ index = 0 }, column) => {
              const value = requestValue(inputs[column], from + i);
              return value === null ? [] : [[names[index]!, value]];
            }),
          )
        : inputs.map((column) => requestValue(column, from + i)),
    );
    return readTable(rows, signature);
  }
}

function matrixOf(inputs: readonly Column[], from: number, to: number) {
  const columns = inputs.length;
  const data = new Float64Array((to - from) * columns);
  for (const [column, values] of inputs.entries()) {
    for (let row = from; row < to; row++) data[(row - from) * columns + column] = Number(values?.[row]);
  }
  return { kind: "matrix" as const, rows: to - from, columns, data };
}

/** A value as a request would have it: NaN, which pandas writes for a missing number, is null. */
function requestValue(column: Column, row: number): unknown {
  const value = column?.[row];
  if (value === undefined || value === null || (typeof value === "number" && Number.isNaN(value))) return null;
  return typeof value === "bigint" ? Number(value) : value;
}
