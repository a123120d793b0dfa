// What the transformers of feature_engine have in common: they change each value of some columns of a table, and drop
// or add columns.

import type { Feature, FeatureKind, Scalar, Table } from "../core/model.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorDefinition } from "../estimator/estimator.js";
import { columnOf, selectColumns, tableOfColumns, transformTo } from "../estimator/tables.js";
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

/** Columns of the result that are computed from several columns of the table. */
export interface ComputedColumns {
  readonly reads: readonly Scalar[];
  readonly width: number;
  /** Makes `width` columns of the table of the columns that it reads. */
  compute(table: Table): readonly ArrayLike<Scalar>[];
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
 * @param outputs the columns of the result
 * @param order where the columns of `outputs` are in the result; by default in their own order
 */
export function cellwise(
  attributes: EstimatorAttributes,
  changed: ReadonlyMap<Scalar, InputColumn>,
  outputs: readonly (OutputColumn | ComputedColumns)[],
  order?: readonly number[],
): EstimatorDefinition {
  const names = tableNames(attributes);
  const places = new Map(names.map((name, place) => [name, place]));
  const placeOf = (name: Scalar): number => {
    const place = places.get(name);
    if (place === undefined) throw attributes.inconsistent(`its table has no column ${JSON.stringify(String(name))}`);
    return place;
  };
  for (const name of changed.keys()) placeOf(name);
  const parts = outputs.map((output): Part => {
    if ("reads" in output) return { ...output, reads: output.reads.map(placeOf) };
    const { from, change } = output;
    const place = placeOf(from);
    return {
      reads: [place],
      width: 1,
      ...(!change && { isUnchanged: true }),
      compute: change ? (table) => [columnOf(table, 0).map((cell, row) => change(cell, row, place))] : onlyColumn,
    };
  });
  const width = parts.reduce((sum, part) => sum + part.width, 0);
  const transform = (table: Table): Table => {
    const columns = parts.flatMap(({ reads, compute }) => compute(selectColumns(table, reads)));
    return tableOfColumns(ordered(columns, order), table.rows);
  };
  const sources = parts.flatMap(({ reads, width, isUnchanged }) =>
    Array.from({ length: width }, () => (isUnchanged ? reads[0] : undefined)),
  );
  const unchanged = new Map(
    ordered(sources, order).flatMap((from, place) => (from === undefined ? [] : [[place, from] as const])),
  );
  const used = new Set(parts.flatMap(({ reads }) => reads));
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
    methods: new Map([["transform", transformTo(width, transform)]]),
    parameters: attributes.parameters("imputation_method", "encoding_method", "unseen", "base", "exp", "tail"),
  };
}

/** Columns of the result, and the numbers of the columns that they are computed from. */
interface Part extends Omit<ComputedColumns, "reads"> {
  readonly reads: readonly number[];
  readonly isUnchanged?: true;
}

const onlyColumn = (table: Table): readonly ArrayLike<Scalar>[] => [columnOf(table, 0)];

function ordered<T>(items: readonly T[], order: readonly number[] | undefined): readonly T[] {
  return order ? order.map((place) => items[place]!) : items;
}

/** The columns of the table, with a change for some of them. */
export function changedInPlace(names: readonly Scalar[], changes: ReadonlyMap<Value, Change>): readonly OutputColumn[] {
  return names.map((from): OutputColumn => {
    const change = changes.get(from);
    return change ? { from, change } : { from };
  });
}
