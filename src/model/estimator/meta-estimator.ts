// What meta-estimators share: reading their inner estimators and combining the results.

import type { ModelMethod } from "../core/create-model.js";
import { argmax } from "../core/methods.js";
import type { MethodName, Scalar, Table } from "../core/model.js";
import type { EstimatorAttributes } from "./attributes.js";
import type { Estimator, ReadSubEstimator } from "./estimator.js";
import { type Inputs, withNamesOf } from "./inputs.js";
import { type Floats, type Numbers, numbersFrom } from "./numbers.js";

/** Estimators of one ensemble. */
const partsMax = 100_000;

/** The estimators of a list, such as `estimators_`. */
export function readSubEstimators(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
  name = "estimators_",
): readonly Estimator[] {
  const list = attributes.items(name, "a list of estimators");
  if (list.length > partsMax) throw attributes.inconsistent(`${list.length} estimators; the maximum is ${partsMax}`);
  return list.map((item) => readSubEstimator(item, `one of ${name} of ${attributes.type}`));
}

/** The inputs of estimators that all get the same table. A missing value is accepted where all of them accept it. */
export function inputsOfAll(attributes: EstimatorAttributes, parts: readonly Estimator[]): Inputs {
  const { inputs } = parts.find((part) => part.inputs.count !== "any") ?? parts[0]!;
  for (const part of parts) {
    if (part.inputs.count !== inputs.count && part.inputs.count !== "any") {
      throw attributes.inconsistent(`its estimators expect ${inputs.count} and ${part.inputs.count} columns`);
    }
  }
  if (parts.some((part) => part.inputs.selected) && parts.some((part) => namesIn(part) !== namesIn(parts[0]!))) {
    throw attributes.unsupported(
      "its estimators select different columns by name",
      "Select the columns by number, or use scikit-learn's ColumnTransformer.",
    );
  }
  const missing = parts.every((part) => part.inputs.missing);
  if (missing || !inputs.missing) return withNamesOf(attributes, inputs);
  const features = () => inputs.features().map((feature) => ({ ...feature, missing: false }));
  return withNamesOf(attributes, { ...inputs, missing, features });
}

function namesIn({ inputs }: Estimator): string {
  return JSON.stringify(inputs.features().map(({ name }) => name));
}

/** The first of these methods that an estimator has. @throws ModelError "estimator-inconsistent" */
export function methodOf(
  attributes: EstimatorAttributes,
  { methods, type }: Estimator,
  ...names: readonly MethodName[]
): ModelMethod {
  for (const name of names) {
    const method = methods.get(name);
    if (method) return method;
  }
  throw attributes.inconsistent(`${type} inside it has no ${names.join(" or ")}`);
}

/** Copies a row of numbers for each row into columns of `out` from `column` on. */
export function putColumns(numbers: Numbers, out: Float64Array, width: number, column: number): void {
  const { rows, columns, data } = numbers;
  for (let row = 0; row < rows; row++) {
    out.set(data.subarray(row * columns, (row + 1) * columns), row * width + column);
  }
}

/** One score a row: how much an estimator of two classes favors the second. */
export type Score = (table: Table) => Float64Array;

/**
 * sklearn.multiclass._predict_binary: decision_function, else the second class's probability; a regressor's prediction.
 */
export function scoreOfSecond(attributes: EstimatorAttributes, part: Estimator): Score {
  const decisions = part.methods.get("decision_function");
  if (decisions) return (table) => oneColumn(attributes, numbersFrom(decisions, table));
  const probabilities = part.methods.get("predict_proba");
  if (probabilities) return (table) => secondColumn(attributes, numbersFrom(probabilities, table));
  const predict = methodOf(attributes, part, "predict");
  return (table) => oneColumn(attributes, numbersFrom(predict, table));
}

export function secondColumn(attributes: EstimatorAttributes, { rows, columns, data }: Numbers): Float64Array {
  if (columns < 2) throw attributes.inconsistent("an inner estimator returns the probability of one class");
  return Float64Array.from({ length: rows }, (_, row) => data[row * columns + 1]!);
}

export function oneColumn(attributes: EstimatorAttributes, { columns, data }: Numbers): Float64Array {
  if (columns !== 1) throw attributes.inconsistent(`an inner estimator returns ${columns} scores; expected 1`);
  return data;
}

/**
 * The index among `classes` of each label of `part`.
 * @throws ModelError "estimator-inconsistent" for a label that is not among them
 */
export function placesAmong(
  attributes: EstimatorAttributes,
  classes: readonly Scalar[],
  part: readonly Scalar[],
): readonly number[] {
  const places = new Map(classes.map((label, index) => [label, index]));
  return part.map((label) => {
    const place = places.get(label);
    if (place === undefined)
      throw attributes.inconsistent("an inner estimator has a class that the outer one does not have");
    return place;
  });
}

/** The places of an estimator's labels, which were numbered before it was fitted: its labels are the places. */
export function placesOfNumbered(attributes: EstimatorAttributes, part: Estimator, width: number): readonly number[] {
  const { classes } = part;
  if (!classes) throw attributes.inconsistent(`${part.type} inside it has no classes`);
  return classes.map((label) => numberedPlace(attributes, label, width));
}

export function numberedPlace(attributes: EstimatorAttributes, label: Scalar | undefined, width: number): number {
  const place = Number(label);
  if (!Number.isInteger(place) || place < 0 || place >= width) {
    throw attributes.inconsistent(`an inner estimator returns the class number ${String(label)} of ${width}`);
  }
  return place;
}

/** The index of the largest of each row's `width` values; the first one on a tie. */
export function largestPlaces(values: Floats, width: number): Int32Array {
  return Int32Array.from({ length: values.length / width }, (_, row) => argmax(values, row * width, width));
}

/** One of `classes` for each row. */
export function labelsMethod(classes: readonly Scalar[], places: (table: Table) => ArrayLike<number>): ModelMethod {
  return {
    output: { kind: "label" },
    run(table) {
      const found = places(table);
      return { shape: [found.length], data: Array.from(found, (place) => classes[place]!) };
    },
  };
}

/** A list of `width` numbers for each row; a single number where `width` is undefined. */
export function numbersMethod(width: number | undefined, valuesOf: (table: Table) => Floats): ModelMethod {
  return {
    output: { kind: "number", ...(width !== undefined && { columns: width }) },
    run(table) {
      return { shape: width === undefined ? [table.rows] : [table.rows, width], data: valuesOf(table) };
    },
  };
}
