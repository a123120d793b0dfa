// What the transformers of feature_engine have in common: they change each value of some columns of a table, and drop
// or add columns.

import type { Feature, FeatureKind, Scalar, Table } from "../core/model.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorDefinition } from "../estimator/estimator.js";
import { columnOf, tableOfColumns, transformTo } from "../estimator/tables.js";
import { NdArray } from "../numpy/ndarray.js";
import { isIndex, readIndex } from "../pandas/arrays.js";
import { Dict, PySet, Tuple, type Value } from "../pickle/values.js";

/** What becomes of one value. @throws CellError where the transformer rejects it */
export type Change = (cell: Scalar, row: number, column: number) => Scalar;

/** A column of the result. */
export interface OutputColumn {
  readonly from: Scalar;
  /** Absent: the column passes. */
  readonly change?: Change;
}

/** A column that is changed. */
export interface InputColumn {
  readonly kind: FeatureKind;
  readonly missing: boolean;
  readonly categories?: readonly Scalar[];
  /** Whether a missing value leaves the transformer as one. */
  readonly keepsMissing: boolean;
}

/** Columns of a table. */
const columnsMax = 1 << 16;

/** The names of the table's columns. @throws ModelError "estimator-unsupported" before feature_engine 1.3 */
export function tableNames(attributes: EstimatorAttributes): readonly Scalar[] {
  const value = attributes.get("feature_names_in_");
  if (value === undefined) {
    throw attributes.unsupported(
      "it does not record the columns of its table",
      "Fit it again with feature_engine 1.3 or newer.",
    );
  }
  const names = labelsIn(attributes, value, "feature_names_in_");
  if (names.length > columnsMax) throw attributes.inconsistent(`it has ${names.length} columns`);
  return names;
}

/** The items of a list, tuple, set, array or Index. */
export function labelsIn(attributes: EstimatorAttributes, value: Value | undefined, name: string): readonly Scalar[] {
  if (isIndex(value)) return readIndex(value);
  if (value instanceof NdArray) return value.toScalars();
  const items = value instanceof Tuple || value instanceof PySet ? value.items : value;
  if (!Array.isArray(items)) throw attributes.expected("a list", [name], value);
  return items.map((item: Value) => {
    if (item !== null && typeof item === "object") throw attributes.expected("a list of labels", [name], item);
    return item;
  });
}

/** A dict by column. */
export function dictOf(attributes: EstimatorAttributes, name: string): ReadonlyMap<Value, Value> {
  const value = attributes.get(name);
  if (!(value instanceof Dict)) throw attributes.expected("a dict by column", [name], value);
  return value.entries;
}

/** A dict of a number for each column. */
export function numbersByColumn(attributes: EstimatorAttributes, name: string): ReadonlyMap<Value, number> {
  return new Map(
    Array.from(dictOf(attributes, name), ([column, number]) => {
      if (typeof number !== "number") throw attributes.expected("a number for each column", [name], number);
      return [column, number];
    }),
  );
}

/**
 * A transformer of the table's columns.
 * @param changed the columns that it changes or reads
 * @param outputs the columns of the result; by default those of the table, changed by `changeOf`
 */
export function cellwise(
  attributes: EstimatorAttributes,
  changed: ReadonlyMap<Scalar, InputColumn>,
  outputs: readonly OutputColumn[],
  names = tableNames(attributes),
): EstimatorDefinition {
  const places = new Map(names.map((name, place) => [name, place]));
  const placeOf = (name: Scalar): number => {
    const place = places.get(name);
    if (place === undefined) throw attributes.inconsistent(`its table has no column ${JSON.stringify(String(name))}`);
    return place;
  };
  for (const name of changed.keys()) placeOf(name);
  const columns = outputs.map(({ from, change }) => ({ from: placeOf(from), change }));
  const transform = (table: Table): Table =>
    tableOfColumns(
      columns.map(({ from, change }) => {
        const cells = columnOf(table, from);
        return change ? cells.map((cell, row) => change(cell, row, from)) : cells;
      }),
      table.rows,
    );
  const unchanged = new Map(columns.flatMap(({ from, change }, place) => (change ? [] : [[place, from] as const])));
  const used = new Set(columns.map(({ from }) => from));
  const named = names.every((name) => typeof name === "string");
  return {
    inputs: {
      count: names.length,
      named,
      missing: [...changed.values()].every(({ missing }) => missing),
      features: () =>
        names.map((name, place): Feature => {
          const { kind, missing, categories } = changed.get(name) ?? { kind: "number", missing: true };
          const shown = named ? String(name) : `x${place}`;
          if (!used.has(place)) return { name: shown, kind: "category", missing: true, unused: true };
          return { name: shown, kind, missing, ...(categories && categories.length > 0 && { categories }) };
        }),
    },
    // What a column that passes may contain is decided by the next step, which `unchanged` leads to.
    keepsMissing: names.map((name) => changed.get(name)?.keepsMissing ?? false),
    unchanged,
    methods: new Map([["transform", transformTo(columns.length, transform)]]),
    parameters: attributes.parameters("imputation_method", "encoding_method", "unseen", "base", "exp", "tail"),
  };
}

/** The columns of the table, with a change for some of them. */
export function changedInPlace(names: readonly Scalar[], changes: ReadonlyMap<Value, Change>): readonly OutputColumn[] {
  return names.map((from): OutputColumn => {
    const change = changes.get(from);
    return change ? { from, change } : { from };
  });
}
