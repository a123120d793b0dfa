// Linear and quadratic discriminant analysis.

import type { ModelMethod } from "../../core/create-model.js";
import { type FillRow, labelOfLargest, logarithmOf, numberForRow, numbersForRow } from "../../core/methods.js";
import type { MethodName, Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { readMatrix } from "../../estimator/fitted-matrix.js";
import { numberInputs } from "../../estimator/inputs.js";
import {
  checkClasses,
  linearDecision,
  linearPredict,
  oneAgainstRest,
  readLinear,
  softmaxOfScores,
} from "../../estimator/linear-scores.js";
import { exp } from "../../math/exp.js";
import { log } from "../../math/log.js";
import { pow } from "../../math/pow.js";
import { dot } from "../../math/vectors.js";
import { NdArray } from "../../numpy/ndarray.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";

const paths = ["sklearn.discriminant_analysis"];

export const discriminantClasses: readonly EstimatorClass[] = [
  { name: "LinearDiscriminantAnalysis", paths, read: readLinearAnalysis },
  { name: "QuadraticDiscriminantAnalysis", paths, read: readQuadratic },
];

function readLinearAnalysis(attributes: EstimatorAttributes): EstimatorDefinition {
  const classes = attributes.classes();
  const linear = readLinear(attributes);
  checkClasses(attributes, linear, classes);
  // Up to 0.20 each class had its own sigmoid.
  const probabilities =
    linear.outputs === 1 || !attributes.since(0, 21) ? oneAgainstRest(linear) : softmaxOfScores(linear);
  const methods = new Map<MethodName, ModelMethod>([
    ["predict", linearPredict(linear, classes)],
    ["predict_proba", probabilities],
    ["predict_log_proba", logarithmOf(attributes.since(1, 0) ? aboveZero(probabilities) : probabilities)],
    ["decision_function", linearDecision(linear)],
  ]);
  const transform = readProjection(attributes, linear.features);
  if (transform) methods.set("transform", transform);
  return {
    inputs: numberInputs(attributes, linear.features, false),
    classes,
    methods,
    parameters: attributes.parameters("solver", "shrinkage"),
  };
}

/** The smallest normal double, which scikit-learn uses instead of zero before the logarithm. */
const smallestNormal = 2 ** -1022;

function aboveZero(probabilities: ModelMethod): ModelMethod {
  return {
    output: probabilities.output,
    run(table: Table) {
      const { shape, data } = probabilities.run(table);
      return { shape, data: Float64Array.from(data, (value) => Number(value) || smallestNormal) };
    },
  };
}

/** Onto the axes that part the classes best. The solver "lsqr" does not know them. */
function readProjection(attributes: EstimatorAttributes, features: number): ModelMethod | undefined {
  const solver = attributes.get("solver");
  if (solver !== "svd" && solver !== "eigen") return undefined;
  const { columns, data: scalings } = readMatrix(attributes, ["scalings_"], { rows: features });
  const mean = solver === "svd" ? attributes.numbers(["xbar_"], features) : new Float64Array(features);
  const most = attributes.get("_max_components") ?? columns;
  if (typeof most !== "number" || !Number.isInteger(most) || most < 0) {
    throw attributes.expected("a number of axes", ["_max_components"], most);
  }
  const width = Math.min(columns, most);
  return numbersForRow(width, (data, start, out, outStart) => {
    for (let axis = 0; axis < width; axis++) {
      let sum = 0;
      for (let column = 0; column < features; column++) {
        sum += (data[start + column]! - mean[column]!) * scalings[column * columns + axis]!;
      }
      out[outStart + axis] = sum;
    }
  });
}

/** One class's normal distribution: the rotation to its axes, each divided by its standard deviation. */
interface Normal {
  readonly mean: Float64Array;
  /** Row after row: one for each axis. */
  readonly axes: Float64Array;
  readonly count: number;
  readonly logDeterminant: number;
  readonly logPrior: number;
}

function readQuadratic(attributes: EstimatorAttributes): EstimatorDefinition {
  const classes = attributes.classes();
  const normals = readNormals(attributes, classes.length);
  const features = normals[0]!.mean.length;
  const width = classes.length;
  const fill = quadraticScores(normals, features);
  const scores = numbersForRow(width, fill);
  const pair = new Float64Array(2);
  const decision =
    width === 2
      ? numberForRow((data, start) => {
          fill(data, start, pair, 0);
          return pair[1]! - pair[0]!;
        })
      : scores;
  return {
    inputs: numberInputs(attributes, features, false),
    classes,
    methods: new Map<MethodName, ModelMethod>([
      ["predict", labelOfLargest(classes, scores)],
      ...quadraticShares(fill, width, attributes.since(1, 6)),
      ["decision_function", decision],
    ]),
    parameters: attributes.parameters("reg_param"),
  };
}

function readNormals(attributes: EstimatorAttributes, classes: number): readonly Normal[] {
  const means = readMatrix(attributes, ["means_"], { rows: classes });
  const features = means.columns;
  const priors = attributes.numbers(["priors_"], classes);
  const [rotations, scalings] = [attributes.get("rotations_"), attributes.get("scalings_")];
  if (!Array.isArray(rotations) || !Array.isArray(scalings) || rotations.length !== classes) {
    throw attributes.inconsistent(`rotations_ and scalings_ are not lists of ${classes} arrays`);
  }
  return rotations.map((rotation, label) => {
    const scaling = scalings[label];
    if (!(rotation instanceof NdArray && scaling instanceof NdArray) || rotation.shape[0] !== features) {
      throw attributes.inconsistent(`rotations_ and scalings_ are not arrays of ${features} rows`);
    }
    const count = scaling.size;
    if (rotation.size !== features * count) throw attributes.inconsistent("rotations_ and scalings_ differ in length");
    const variances = scaling.toNumbers();
    const turned = rotation.toNumbers();
    const deviations = variances.map((variance) => pow(variance, -0.5));
    const axes = Float64Array.from({ length: count * features }, (_, index) => {
      const axis = Math.floor(index / features);
      return turned[(index % features) * count + axis]! * deviations[axis]!;
    });
    return {
      mean: means.data.slice(label * features, (label + 1) * features),
      axes,
      count,
      logDeterminant: pairwiseSum(variances.map(log), 0, count),
      logPrior: log(priors[label]!),
    };
  });
}

function quadraticScores(normals: readonly Normal[], features: number): FillRow {
  const centered = new Float64Array(features);
  const squares = normals.map(({ count }) => new Float64Array(count));
  return (data, start, out, outStart) => {
    for (const [label, { mean, axes, count, logDeterminant, logPrior }] of normals.entries()) {
      for (let column = 0; column < features; column++) centered[column] = data[start + column]! - mean[column]!;
      const distances = squares[label]!;
      for (let axis = 0; axis < count; axis++) {
        const along = dot(centered, 0, axes, axis * features, features);
        distances[axis] = along * along;
      }
      out[outStart + label] = -0.5 * (pairwiseSum(distances, 0, count) + logDeterminant) + logPrior;
    }
  };
}

/**
 * Normalized likelihoods, which numpy adds in order. From 1.6 on they are computed from their logarithms; before, the
 * other way round.
 */
function quadraticShares(
  fill: FillRow,
  width: number,
  fromLogarithms: boolean,
): readonly (readonly [MethodName, ModelMethod])[] {
  const powers = new Float64Array(width);
  /** Writes score - largest score into `out`, and their powers of e into `powers`. @returns the powers' sum */
  const fillPowers: (...row: Parameters<FillRow>) => number = (data, start, out, outStart) => {
    fill(data, start, out, outStart);
    let largest = out[outStart]!;
    for (let label = 1; label < width; label++) largest = Math.max(largest, out[outStart + label]!);
    let sum = 0;
    for (let label = 0; label < width; label++) {
      const score = out[outStart + label]! - largest;
      out[outStart + label] = score;
      powers[label] = exp(score);
      sum += powers[label]!;
    }
    return sum;
  };
  const logarithms = numbersForRow(width, (data, start, out, outStart) => {
    const logOfSum = log(fillPowers(data, start, out, outStart));
    for (let index = outStart; index < outStart + width; index++) out[index] = out[index]! - logOfSum;
  });
  if (fromLogarithms) {
    return [
      ["predict_proba", powersOf(logarithms)],
      ["predict_log_proba", logarithms],
    ];
  }
  const probabilities = numbersForRow(width, (data, start, out, outStart) => {
    const sum = fillPowers(data, start, out, outStart);
    for (let label = 0; label < width; label++) out[outStart + label] = powers[label]! / sum;
  });
  return [
    ["predict_proba", probabilities],
    ["predict_log_proba", logarithmOf(probabilities)],
  ];
}

function powersOf(logarithms: ModelMethod): ModelMethod {
  return {
    output: logarithms.output,
    run(table: Table) {
      const { shape, data } = logarithms.run(table);
      return { shape, data: Float64Array.from(data, (value) => exp(Number(value))) };
    },
  };
}
