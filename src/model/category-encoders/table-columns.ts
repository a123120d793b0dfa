// The columns of the table that an encoder was fitted on, by name, and which of them it encodes.

import type { Scalar } from "../core/model.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import { NdArray } from "../numpy/ndarray.js";
import { isIndex, readIndex } from "../pandas/arrays.js";
import { Tuple, type Value } from "../pickle/values.js";

export interface TableColumns {
  /** All columns: strings, or numbers where the table was an array. */
  readonly names: readonly Scalar[];
  /** Whether the names are strings. */
  readonly named: boolean;
  /** Names of columns that the result does not have, because they do not vary. */
  readonly dropped: ReadonlySet<Scalar>;
}

/** Columns of a table. */
const columnsMax = 1 << 16;

/** The columns that are encoded. */
export function encodedColumns(attributes: EstimatorAttributes): readonly Scalar[] {
  const names = namesOf(attributes, "cols");
  if (!names) throw attributes.inconsistent("it has no cols: it was not fitted");
  return names;
}

/**
 * The columns of the table. Up to 2.5 an encoder records the names of its result instead.
 * @param resultOf the names of the columns that a column becomes; absent where they do not say which column it was
 */
export function readTableColumns(
  attributes: EstimatorAttributes,
  resultOf?: (column: Scalar) => readonly Scalar[],
): TableColumns {
  const dropped = new Set(attributes.flag("drop_invariant") ? namesOf(attributes, "invariant_cols", "drop_cols") : []);
  const names = namesOf(attributes, "feature_names_in_") ?? namesBefore(attributes, resultOf, dropped);
  if (names.length > columnsMax) throw attributes.inconsistent(`it has ${names.length} columns`);
  for (const column of encodedColumns(attributes)) {
    if (!names.includes(column))
      throw attributes.inconsistent(`it encodes ${JSON.stringify(String(column))}, which its table does not have`);
  }
  return { names, named: names.every((name) => typeof name === "string"), dropped };
}

/** The columns of the table, from those of the result. */
function namesBefore(
  attributes: EstimatorAttributes,
  resultOf: ((column: Scalar) => readonly Scalar[]) | undefined,
  dropped: ReadonlySet<Scalar>,
): readonly Scalar[] {
  const encoded = encodedColumns(attributes);
  const count = attributes.number("_dim");
  if (encoded.length === count) return encoded;
  const result = namesOf(attributes, "feature_names");
  if (!result || !resultOf || dropped.size > 0) {
    throw attributes.unsupported(
      "it does not record the columns of its table, some of which it does not encode",
      "Fit it again with category_encoders 2.6 or newer.",
    );
  }
  const columnOf = new Map(encoded.flatMap((column) => resultOf(column).map((name) => [name, column] as const)));
  const names = new Set(result.filter((name) => name !== "intercept").map((name) => columnOf.get(name) ?? name));
  if (names.size !== count) throw attributes.inconsistent(`it was fitted on ${count} columns and names ${names.size}`);
  return [...names];
}

function namesOf(attributes: EstimatorAttributes, ...attributeNames: readonly string[]): readonly Scalar[] | undefined {
  const value = attributes.get(...attributeNames);
  if (value === undefined) return undefined;
  const items = itemsOf(value);
  return items.map((item) => {
    if (typeof item !== "string" && typeof item !== "number")
      throw attributes.expected("a list of column names", attributeNames, item);
    return item;
  });

  function itemsOf(list: Value): readonly Value[] {
    if (list instanceof NdArray) return list.toScalars();
    if (isIndex(list)) return readIndex(list);
    if (list instanceof Tuple) return list.items;
    if (Array.isArray(list)) return list;
    throw attributes.expected("a list of column names", attributeNames, list);
  }
}
