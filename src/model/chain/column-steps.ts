// Steps that change some columns of a table and pass the others, as estimators.

import { withOuterColumns } from "../core/cell-error.js";
import type { Feature, Table } from "../core/model.js";
import { columnsAfter } from "../estimator/column-counts.js";
import { type Estimator, keepsMissingIn } from "../estimator/estimator.js";
import { selectColumns, sideBySide, tableFrom, transformTo } from "../estimator/tables.js";
import { outerColumn } from "../estimator/unchanged-columns.js";

interface ColumnStep {
  readonly step: Estimator;
  /** The names of the columns afterwards; undefined for those that the transformer made. */
  readonly names: readonly (string | undefined)[];
}

/**
 * Transforms the columns at `chosen`. In place where the transformer returns as many columns, as
 * `df[columns] = scaler.transform(df[columns])` does; otherwise its columns follow the others, as with
 * `pd.concat([df.drop(columns=columns), encoded], axis=1)`.
 */
export function columnStep(part: Estimator, chosen: readonly number[], names: readonly string[]): ColumnStep {
  const transform = part.methods.get("transform");
  if (!transform) throw new Error(`${part.type} has no transform`);
  const isChosen = new Set(chosen);
  const others = names.map((_, column) => column).filter((column) => !isChosen.has(column));
  const width = columnsAfter(part, chosen.length);
  const inPlace = width === chosen.length;
  /** For each column of the result, its place in [others, transformed]. */
  const order = Array.from({ length: others.length + width }, (_, column) => column);
  if (inPlace) {
    for (const [index, column] of others.entries()) order[column] = index;
    for (const [index, column] of chosen.entries()) order[column] = others.length + index;
  }
  const change = (table: Table): Table => {
    const inner = selectColumns(table, chosen);
    const changed = withOuterColumns(
      (column) => chosen[column],
      () => tableFrom(transform, inner),
    );
    const both = sideBySide([selectColumns(table, others), changed], table.rows, false);
    return inPlace ? selectColumns(both, order) : both;
  };
  const unchanged = new Map<number, number>();
  for (const [column, place] of order.entries()) {
    const from = place < others.length ? others[place] : innerColumn(part, place - others.length, chosen);
    if (from !== undefined) unchanged.set(column, from);
  }
  const keepsMissing = names.map(() => true);
  for (const [index, column] of chosen.entries()) keepsMissing[column] = keepsMissingIn(part, index);
  return {
    step: {
      type: part.type,
      inputs: {
        count: names.length,
        named: true,
        missing: true,
        features: () => featuresOf(part, chosen, names),
      },
      keepsMissing,
      unchanged,
      methods: new Map([["transform", transformTo(others.length + width, change)]]),
      parameters: {},
      ...(part.version !== undefined && { version: part.version }),
    },
    names: inPlace ? names : order.map((place) => (place < others.length ? names[others[place] ?? -1] : undefined)),
  };
}

/** The column of the table that a column of the transformer's result is, where it passes unchanged. */
function innerColumn({ unchanged }: Estimator, column: number, chosen: readonly number[]): number | undefined {
  const inner = unchanged && outerColumn(unchanged, column);
  return inner === undefined ? undefined : chosen[inner];
}

/** A column that passes is a number until the next step says otherwise. */
function featuresOf(part: Estimator, chosen: readonly number[], names: readonly string[]): readonly Feature[] {
  const features = names.map((name): Feature => ({ name, kind: "number", missing: true }));
  for (const [index, feature] of part.inputs.features().entries()) {
    const column = chosen[index];
    const name = column === undefined ? undefined : names[column];
    if (column !== undefined && name !== undefined) features[column] = { ...feature, name };
  }
  return features;
}

/** Puts columns into another order. @param order for each column of the result, that of the table */
export function orderStep(order: readonly number[], names: readonly string[]): Estimator {
  return {
    type: "columns",
    inputs: {
      count: names.length,
      named: true,
      missing: true,
      features: () => names.map((name): Feature => ({ name, kind: "number", missing: true })),
    },
    keepsMissing: true,
    unchanged: new Map(order.map((from, column) => [column, from])),
    methods: new Map([["transform", transformTo(order.length, (table) => selectColumns(table, order))]]),
    parameters: {},
  };
}
