// CalibratedClassifierCV: scores of other classifiers, turned into probabilities by curves that were fitted to held-out
// rows.

import type { ModelMethod } from "../../core/create-model.js";
import type { MethodName, Scalar, Table } from "../../core/model.js";
import { EstimatorAttributes } from "../../estimator/attributes.js";
import type { Estimator, EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../../estimator/estimator.js";
import { expit, softmaxInPlace } from "../../estimator/links.js";
import {
  inputsOfAll,
  labelsMethod,
  largestPlaces,
  methodOf,
  numbersMethod,
  oneColumn,
  placesAmong,
} from "../../estimator/meta-estimator.js";
import { type Numbers, numbersFrom } from "../../estimator/numbers.js";
import { log } from "../../math/log.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";
import { Instance, type Value } from "../../pickle/values.js";

export const calibratedClass: EstimatorClass = {
  name: "CalibratedClassifierCV",
  paths: ["sklearn.calibration"],
  read: readCalibrated,
};

/** Rounding may lift a probability above 1 by this, and it is 1 then. */
const aboveOneMax = 1e-5;

function readCalibrated(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const classes = attributes.classes();
  const list = attributes.items("calibrated_classifiers_", "a list of classifiers");
  const members = list.map((item) => readMember(attributes, readSubEstimator, item, classes));
  const width = classes.length;
  const probabilities = (table: Table) => {
    const out = new Float64Array(table.rows * width);
    for (const { addProbabilities } of members) addProbabilities(table, out);
    return out.map((value) => value / members.length);
  };
  const parts = members.map(({ estimator }) => estimator);
  return {
    inputs: inputsOfAll(attributes, parts),
    classes,
    methods: new Map<MethodName, ModelMethod>([
      ["predict", labelsMethod(classes, (table) => largestPlaces(probabilities(table), width))],
      ["predict_proba", numbersMethod(width, probabilities)],
    ]),
    parameters: { ...attributes.parameters("method"), estimators: parts.length, estimator: parts[0]!.type },
  };
}

/** Added to a probability, so that its logarithm is a number. */
const probabilityMin = 1e-12;

interface Member {
  readonly estimator: Estimator;
  readonly addProbabilities: (table: Table, out: Float64Array) => void;
}

function readMember(
  outer: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
  value: Value,
  classes: readonly Scalar[],
): Member {
  if (!(value instanceof Instance) || value.global.name !== "_CalibratedClassifier") {
    throw outer.expected("a calibrated classifier", ["calibrated_classifiers_"], value);
  }
  const attributes = new EstimatorAttributes(value, outer.type);
  const estimator = readSubEstimator(attributes.get("estimator", "base_estimator"), `the classifier of ${outer.type}`);
  const curves = attributes.get("calibrators", "calibrators_");
  if (!Array.isArray(curves) || curves.length === 0)
    throw attributes.expected("a list of curves", ["calibrators"], curves);
  const width = classes.length;
  const scores = scoresOf(attributes, estimator, width);
  if (attributes.get("method") === "temperature") {
    return { estimator, addProbabilities: scaledBy(attributes, estimator, curves[0]!, scores, width) };
  }
  const places = width === 2 ? [1] : placesAmong(attributes, classes, estimator.classes ?? classes);
  if (curves.length !== places.length)
    throw attributes.inconsistent(`${curves.length} curves for ${places.length} scores`);
  const apply = curves.map((curve) => readCurve(attributes, readSubEstimator, curve));
  return {
    estimator,
    addProbabilities(table, out) {
      const numbers = scores(table);
      const { rows, data } = numbers;
      const probabilities = new Float64Array(rows * width);
      for (const [index, place] of places.entries()) {
        const column = Float64Array.from({ length: rows }, (_, row) => data[row * places.length + index]!);
        const calibrated = apply[index]!(column);
        for (let row = 0; row < rows; row++) probabilities[row * width + place] = calibrated[row]!;
      }
      for (let row = 0; row < rows; row++) normalize(probabilities, row * width, width);
      add(probabilities, out);
    },
  };
}

/** A score for each class, or one for two classes: the decision function, else the probabilities. */
function scoresOf(attributes: EstimatorAttributes, estimator: Estimator, width: number): (table: Table) => Numbers {
  const method = methodOf(attributes, estimator, "decision_function", "predict_proba");
  const probabilities = method === estimator.methods.get("predict_proba");
  const expected = width === 2 ? 1 : (estimator.classes?.length ?? width);
  return (table) => {
    const numbers = numbersFrom(method, table);
    const { rows, data } = numbers;
    const single = probabilities && width === 2 && numbers.columns === 2;
    const scores = single
      ? { rows, columns: 1, data: Float64Array.from({ length: rows }, (_, row) => data[2 * row + 1]!) }
      : numbers;
    if (scores.columns !== expected)
      throw attributes.inconsistent(`its classifier returns ${scores.columns} scores for ${width} classes`);
    return scores;
  };
}

/** One class's curve: a sigmoid, or an isotonic regression. */
function readCurve(
  outer: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
  value: Value,
): (scores: Float64Array) => Float64Array {
  if (value instanceof Instance && value.global.name === "_SigmoidCalibration") {
    const attributes = new EstimatorAttributes(value, outer.type);
    const a = attributes.number("a_");
    const b = attributes.number("b_");
    return (scores) => scores.map((score) => expit(-(a * score + b)));
  }
  const predict = methodOf(outer, readSubEstimator(value, `a curve of ${outer.type}`), "predict");
  return (scores) =>
    oneColumn(outer, numbersFrom(predict, { kind: "matrix", rows: scores.length, columns: 1, data: scores }));
}

/** With two classes the first has what the second leaves; with more they are divided by their sum. */
function normalize(probabilities: Float64Array, start: number, width: number): void {
  if (width === 2) probabilities[start] = 1 - probabilities[start + 1]!;
  else {
    const sum = pairwiseSum(probabilities, start, width);
    for (let at = start; at < start + width; at++) probabilities[at] = sum === 0 ? 1 / width : probabilities[at]! / sum;
  }
}

/** method="temperature" (1.8 and later): a softmax of the logits, all multiplied by one number. */
function scaledBy(
  outer: EstimatorAttributes,
  estimator: Estimator,
  value: Value,
  scores: (table: Table) => Numbers,
  width: number,
): Member["addProbabilities"] {
  if (!(value instanceof Instance) || value.global.name !== "_TemperatureScaling") {
    throw outer.expected("a temperature", ["calibrators"], value);
  }
  const beta = new EstimatorAttributes(value, outer.type).number("beta_");
  const fromProbabilities = !estimator.methods.has("decision_function");
  return (table, out) => {
    const { rows, data } = scores(table);
    const probabilities = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      const from = row * width;
      if (width === 2) {
        const second = data[row]!;
        probabilities[from] = beta * (fromProbabilities ? log(1 - second + probabilityMin) : -second);
        probabilities[from + 1] = beta * (fromProbabilities ? log(second + probabilityMin) : second);
      } else {
        for (let at = from; at < from + width; at++)
          probabilities[at] = beta * (fromProbabilities ? log(data[at]! + probabilityMin) : data[at]!);
      }
      softmaxInPlace(probabilities, from, width);
    }
    add(probabilities, out);
  };
}

function add(probabilities: Float64Array, out: Float64Array): void {
  for (let at = 0; at < out.length; at++) {
    const probability = probabilities[at]!;
    out[at]! += probability > 1 && probability <= 1 + aboveOneMax ? 1 : probability;
  }
}
