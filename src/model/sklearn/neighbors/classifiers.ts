// KNeighborsClassifier and RadiusNeighborsClassifier: the neighbors vote.

import { CellError } from "../../core/cell-error.js";
import type { ModelMethod } from "../../core/create-model.js";
import { eachRow } from "../../core/matrix.js";
import { labelOfLargest } from "../../core/methods.js";
import type { MethodName, Output, Scalar, Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { NdArray } from "../../numpy/ndarray.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";
import { findCount, findRadius, neighborEstimator, readWeights, type Weigh } from "./estimator.js";
import { type FindNear, type Found, type NeighborSearch, readNeighborSearch } from "./search.js";

const classification = ["sklearn.neighbors._classification", "sklearn.neighbors.classification"];

export const neighborClassifierClasses: readonly EstimatorClass[] = [
  { name: "KNeighborsClassifier", paths: classification, read: readKClassifier },
  { name: "RadiusNeighborsClassifier", paths: classification, read: readRadiusClassifier },
];

/** The labels of one output: for each training row the index of its class. */
interface Target {
  readonly classes: readonly Scalar[];
  readonly labels: Int32Array;
}

function readTargets(attributes: EstimatorAttributes, samples: number): readonly Target[] {
  const value = attributes.get("classes_");
  const lists = Array.isArray(value) ? value : [attributes.array("classes_")];
  const labels = attributes.numbers(["_y"], samples * lists.length);
  return lists.map((list, output) => {
    if (!(list instanceof NdArray) || list.shape.length !== 1 || list.size === 0) {
      throw attributes.inconsistent("classes_ is not a list of labels for each output");
    }
    const classes = list.toScalars();
    const own = Int32Array.from({ length: samples }, (_, sample) => labels[sample * lists.length + output]!);
    if (own.some((label) => !(label >= 0 && label < classes.length))) {
      throw attributes.inconsistent("_y names classes that do not exist");
    }
    return { classes, labels: own };
  });
}

function readKClassifier(attributes: EstimatorAttributes): EstimatorDefinition {
  const search = readNeighborSearch(attributes);
  const targets = readTargets(attributes, search.samples);
  const find = findCount(attributes, search);
  const weigh = readWeights(attributes);
  const probabilities = targets.map((target) => probabilitiesOf(target, find, weigh));
  const labels = targets.map((target) => mostFrequent(target, find, weigh));
  return classifier(attributes, search, targets, labels, probabilities);
}

/** One output is returned directly; several return a column of labels each, and an array of probabilities each. */
function classifier(
  attributes: EstimatorAttributes,
  search: NeighborSearch,
  targets: readonly Target[],
  labels: readonly ModelMethod[],
  probabilities: readonly ModelMethod[],
): EstimatorDefinition {
  const several = Array.isArray(attributes.get("classes_"));
  const proba = several ? arrays(probabilities) : probabilities[0]!;
  const methods = new Map<MethodName, ModelMethod>([
    ["predict", several ? columns(labels) : labels[0]!],
    ["predict_proba", proba],
  ]);
  return neighborEstimator(attributes, search, methods, several ? {} : { classes: targets[0]!.classes });
}

function arrays(methods: readonly ModelMethod[]): ModelMethod {
  return {
    output: { kind: "number" },
    run: (table) => ({ shape: [methods.length], data: [], parts: methods.map((method) => method.run(table)) }),
  };
}

function columns(methods: readonly ModelMethod[]): ModelMethod {
  return {
    output: { kind: "label", columns: methods.length },
    run(table) {
      const labels = methods.map((method) => method.run(table).data);
      const data = new Array<Scalar>(table.rows * methods.length);
      for (const [column, own] of labels.entries()) {
        for (let row = 0; row < table.rows; row++) data[row * methods.length + column] = own[row]!;
      }
      return { shape: [table.rows, methods.length], data };
    },
  };
}

/** Fills `probabilities` with the weights of each class, in the order of the neighbors, and divides by their sum. */
function addProbabilities(
  found: Found,
  weights: Float64Array | undefined,
  labels: Int32Array,
  probabilities: Float64Array,
): void {
  probabilities.fill(0);
  for (let at = 0; at < found.count; at++) {
    const label = labels[found.indices[at]!]!;
    probabilities[label] = probabilities[label]! + (weights ? weights[at]! : 1);
  }
}

function divideBySum(probabilities: Float64Array): void {
  const sum = pairwiseSum(probabilities, 0, probabilities.length) || 1;
  for (let index = 0; index < probabilities.length; index++) probabilities[index] = probabilities[index]! / sum;
}

function probabilitiesForRow(
  width: number,
  fill: (row: Float64Array, start: number, probabilities: Float64Array, index: number) => void,
) {
  return {
    output: { kind: "number", columns: width },
    run(table: Table): Output {
      const out = new Float64Array(table.rows * width);
      const probabilities = new Float64Array(width);
      eachRow(table, (row, start, index) => {
        fill(row, start, probabilities, index);
        out.set(probabilities, index * width);
      });
      return { shape: [table.rows, width], data: out };
    },
  } satisfies ModelMethod;
}

function probabilitiesOf({ classes, labels }: Target, find: FindNear, weigh: Weigh): ModelMethod {
  return probabilitiesForRow(classes.length, (row, start, probabilities) => {
    const found = find(row, start);
    addProbabilities(found, weigh(found), labels, probabilities);
    divideBySum(probabilities);
  });
}

/** The class of the largest weight, the first of equal ones; scikit-learn adds the weights as numpy does, pairwise. */
function mostFrequent({ classes, labels }: Target, find: FindNear, weigh: Weigh): ModelMethod {
  return {
    output: { kind: "label" },
    run(table) {
      const out = new Array<Scalar>(table.rows);
      const probabilities = new Float64Array(classes.length);
      eachRow(table, (row, start, index) => {
        const found = find(row, start);
        const weights = weigh(found);
        addProbabilities(found, weights, labels, probabilities);
        if (weights) addPairwise(found, weights, labels, probabilities);
        let best = 0;
        for (let label = 1; label < probabilities.length; label++)
          if (probabilities[label]! > probabilities[best]!) best = label;
        out[index] = classes[best]!;
      });
      return { shape: [table.rows], data: out };
    },
  };
}

/**
 * sklearn.utils.extmath.weighted_mode: each class's sum runs over all neighbors, with 0 for those of other classes.
 */
function addPairwise(found: Found, weights: Float64Array, labels: Int32Array, probabilities: Float64Array): void {
  const own = new Float64Array(found.count);
  for (let label = 0; label < probabilities.length; label++) {
    if (probabilities[label] === 0) continue;
    for (let at = 0; at < found.count; at++) own[at] = labels[found.indices[at]!] === label ? weights[at]! : 0;
    probabilities[label] = pairwiseSum(own, 0, found.count);
  }
}

function readRadiusClassifier(attributes: EstimatorAttributes): EstimatorDefinition {
  const search = readNeighborSearch(attributes);
  const targets = readTargets(attributes, search.samples);
  const find = findRadius(attributes, search);
  const weigh = readWeights(attributes);
  const outliers = readOutlierLabels(attributes, targets.length);
  const probabilities = targets.map((target, output) => {
    const index = outliers ? target.classes.indexOf(outliers[output]!) : -1;
    return probabilitiesForRow(target.classes.length, (row, start, probabilities, at) => {
      const found = find(row, start);
      addProbabilities(found, weigh(found), target.labels, probabilities);
      if (found.count === 0) {
        if (!outliers) throw noNeighbors(at, attributes);
        if (index >= 0) probabilities[index] = 1;
      }
      divideBySum(probabilities);
    });
  });
  const labels = targets.map((target, output) => {
    const largest = labelOfLargest(target.classes, probabilities[output]!);
    return outliers ? orOutlier(target.classes, probabilities[output]!, largest, outliers[output]!) : largest;
  });
  return classifier(attributes, search, targets, labels, probabilities);
}

/** A row without neighbors has no probabilities where the outlier label is not one of the classes. */
function orOutlier(
  classes: readonly Scalar[],
  probabilities: ModelMethod,
  largest: ModelMethod,
  outlier: Scalar,
): ModelMethod {
  return {
    output: { kind: "label" },
    run(table) {
      const labels = Array.from(largest.run(table).data);
      const { data } = probabilities.run(table);
      const width = classes.length;
      const empty = (row: number) => classes.every((_, index) => data[row * width + index] === 0);
      return { shape: [table.rows], data: labels.map((label, row) => (empty(row) ? outlier : label)) };
    },
  };
}

function readOutlierLabels(attributes: EstimatorAttributes, outputs: number): readonly Scalar[] | undefined {
  // Before 0.22 there was no fitted attribute, and one label for all.
  const value = attributes.get("outlier_label_", "outlier_label");
  if (value === undefined) return undefined;
  const labels =
    value instanceof NdArray ? value.toScalars() : Array.isArray(value) ? value : Array(outputs).fill(value);
  return labels.map((label) => {
    if (label !== null && typeof label === "object") throw attributes.expected("labels", ["outlier_label_"], label);
    return label as Scalar;
  });
}

function noNeighbors(row: number, attributes: EstimatorAttributes): CellError {
  return new CellError(
    "input-no-neighbors",
    row,
    undefined,
    (where) => `No neighbors of ${where} are within the radius ${attributes.number("radius")}`,
  );
}
