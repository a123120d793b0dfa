// From 1.4 on histogram gradient boosting numbers the categories of its columns itself: its `_preprocessor` is a
// ColumnTransformer of one OrdinalEncoder, whose columns come first, and of the columns of numbers, which pass.

import { CellError } from "../../core/cell-error.js";
import { type Matrix, matrixOf } from "../../core/matrix.js";
import type { Feature, Scalar, Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { columnOf, widthOf } from "../../estimator/tables.js";
import { NdArray } from "../../numpy/ndarray.js";
import { Instance, Tuple, type Value } from "../../pickle/values.js";

export interface CategoryEncoder {
  /** By column as the trees see them: whether it holds numbers of categories. */
  readonly isCategory: readonly boolean[];
  /** The table as the trees see it. A category that training did not see is missing. */
  encode(table: Table): Matrix;
  /** A column of the table, with its categories if they are not numbers. */
  describe(feature: Feature, column: number): Feature;
}

/** @throws ModelError "estimator-inconsistent" for any other preprocessor than the one that scikit-learn makes */
export function readCategoryEncoder(attributes: EstimatorAttributes, features: number): CategoryEncoder | undefined {
  const preprocessor = attributes.get("_preprocessor");
  if (preprocessor === undefined) return undefined;
  const { categories, mask } = readEncoder(attributes, preprocessor);
  if (mask.length !== features || mask.filter(Boolean).length !== categories.length) {
    throw attributes.inconsistent(`_preprocessor encodes ${categories.length} of ${mask.length} columns`);
  }
  const numbers = categories.map(
    (list) => new Map(list.flatMap((value, index) => (isMissing(value) ? [] : [[value, index]]))),
  );
  /** By column of the table: its place among the trees' columns. */
  const places = placesOf(mask, categories.length);
  return {
    isCategory: Array.from({ length: features }, (_, column) => column < categories.length),
    encode(table) {
      const { rows } = table;
      const data = new Float64Array(rows * features);
      const plain = table.kind === "frame" ? undefined : matrixOf(table);
      for (let column = 0; column < widthOf(table); column++) {
        const place = places[column]!;
        const codes = numbers[place];
        const values = plain ? undefined : columnOf(table, column);
        for (let row = 0; row < rows; row++) {
          const value = values ? values[row]! : plain!.data[row * features + column]!;
          data[row * features + place] = mask[column]
            ? (codes!.get(value) ?? Number.NaN)
            : numberOf(value, row, column);
        }
      }
      return { rows, columns: features, data };
    },
    describe(feature, column) {
      const list = mask[column] ? categories[places[column]!]!.filter((value) => !isMissing(value)) : [];
      if (list.every((value) => typeof value === "number")) return feature;
      return { ...feature, kind: "category", categories: list };
    },
  };
}

function readEncoder(attributes: EstimatorAttributes, preprocessor: Value) {
  const transformers = preprocessor instanceof Instance ? preprocessor.attributes.get("transformers_") : undefined;
  const [first] = Array.isArray(transformers) ? transformers : [];
  const [name, encoder, columns] = first instanceof Tuple ? first.items : [];
  const lists = encoder instanceof Instance ? encoder.attributes.get("categories_") : undefined;
  if (name !== "encoder" || !Array.isArray(lists) || !(columns instanceof NdArray)) {
    throw attributes.expected("an encoder of categories", ["_preprocessor"], preprocessor);
  }
  const categories = lists.map((list): readonly Scalar[] => {
    if (!(list instanceof NdArray)) throw attributes.expected("a list of categories", ["categories_"], list);
    return list.toScalars();
  });
  return { categories, mask: Array.from(columns.toNumbers(), (item) => item !== 0) };
}

function placesOf(mask: readonly boolean[], categories: number): readonly number[] {
  let category = 0;
  let number = categories;
  return mask.map((isCategory) => (isCategory ? category++ : number++));
}

function numberOf(value: Scalar, row: number, column: number): number {
  if (typeof value === "number" || typeof value === "boolean") return Number(value);
  if (value === null) return Number.NaN;
  const found = typeof value;
  throw new CellError("input-not-a-number", row, column, (where) => `Expected a number at ${where}, found a ${found}`);
}

function isMissing(value: Scalar): boolean {
  return value === null || (typeof value === "number" && Number.isNaN(value));
}
