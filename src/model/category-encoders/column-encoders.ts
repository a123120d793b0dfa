// What an encoder does with one column, and the transformer that consists of such columns.

import type { Scalar, Table } from "../core/model.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorDefinition } from "../estimator/estimator.js";
import type { Inputs } from "../estimator/inputs.js";
import { columnOf, tableOfColumns, transformTo } from "../estimator/tables.js";
import type { TableColumns } from "./table-columns.js";

/** One column of categories, which becomes columns of numbers. */
export interface ColumnEncoder {
  /** The names of the columns that it returns. */
  readonly names: readonly Scalar[];
  /** The categories of the training data, for the signature. */
  readonly categories: readonly Scalar[];
  /** The numbers of a cell, one for each name; undefined where the encoder rejects the category. */
  encode(cell: Scalar): ArrayLike<number> | undefined;
}

/** Columns of the result: of an encoder, of the input, or of a constant. */
type Block =
  | { readonly from: number; readonly encoder: ColumnEncoder; readonly kept: readonly number[] }
  | { readonly from: number; readonly encoder?: undefined }
  | { readonly from?: undefined; readonly constant: number };

/** Columns that one encoder returns: a one-hot encoder of every value of a large table. */
const widthMax = 1 << 20;

/**
 * A transformer that replaces columns of a table, and passes the others. Columns of `invariant_cols` (`drop_cols` in
 * category_encoders 2.2) are left out.
 * @param encoders by the position of the column in the table
 * @param intercept whether a column of ones comes first (contrast encoders until 2.5)
 */
export function columnsTransformer(
  attributes: EstimatorAttributes,
  table: TableColumns,
  encoders: ReadonlyMap<number, ColumnEncoder>,
  {
    unknownCategory,
    intercept,
  }: { unknownCategory: (cell: Scalar, row: number, column: number) => Error; intercept: boolean },
): EstimatorDefinition {
  const blocks: Block[] = intercept ? [{ constant: 1 }] : [];
  const unchanged = new Map<number, number>();
  let width = blocks.length;
  for (const [from, name] of table.names.entries()) {
    const encoder = encoders.get(from);
    if (encoder) {
      const kept = [...encoder.names.keys()].filter((index) => !table.dropped.has(encoder.names[index]!));
      blocks.push({ from, encoder, kept });
      width += kept.length;
    } else if (!table.dropped.has(name)) {
      unchanged.set(width, from);
      blocks.push({ from });
      width++;
    }
    if (width > widthMax) throw attributes.inconsistent(`it returns more than ${widthMax} columns`);
  }
  const transform = (input: Table): Table => {
    const columns = blocks.flatMap((block): readonly ArrayLike<Scalar>[] => {
      if (block.from === undefined) return [new Float64Array(input.rows).fill(block.constant)];
      const cells = columnOf(input, block.from);
      if (!block.encoder) return [cells];
      return encodeColumn(cells, block.encoder, block.kept, (cell, row) => unknownCategory(cell, row, block.from));
    });
    return tableOfColumns(columns, input.rows);
  };
  const missing = [...table.names.keys()].map((column) => {
    // What a column that passes may contain is decided by the next step, which `unchanged` leads to.
    return Array.from(encoders.get(column)?.encode(null) ?? []).some(Number.isNaN);
  });
  return {
    inputs: inputsOf(attributes, table, encoders),
    keepsMissing: missing,
    unchanged,
    methods: new Map([["transform", transformTo(width, transform)]]),
    parameters: attributes.parameters("handle_unknown", "handle_missing"),
  };
}

function encodeColumn(
  cells: readonly Scalar[],
  encoder: ColumnEncoder,
  kept: readonly number[],
  unknown: (cell: Scalar, row: number) => Error,
): readonly Float64Array[] {
  const columns = kept.map(() => new Float64Array(cells.length));
  for (const [row, cell] of cells.entries()) {
    const numbers = encoder.encode(cell);
    if (!numbers) throw unknown(cell, row);
    for (const [index, column] of columns.entries()) column[row] = numbers[kept[index]!]!;
  }
  return columns;
}

/** Categories where they are encoded, else numbers. */
export function inputsOf(
  attributes: EstimatorAttributes,
  { names, named }: TableColumns,
  encoders: ReadonlyMap<number, { readonly categories: readonly Scalar[] }>,
): Inputs {
  const missing = attributes.get("handle_missing") !== "error";
  return {
    count: names.length,
    named,
    missing,
    features: () =>
      names.map((name, column) => {
        const categories = encoders.get(column)?.categories;
        const known = categories && categories.length > 0 && { categories };
        const feature = { name: named ? String(name) : `x${column}` };
        return categories
          ? { ...feature, kind: "category", ...known, missing }
          : { ...feature, kind: "number", missing: true };
      }),
  };
}
