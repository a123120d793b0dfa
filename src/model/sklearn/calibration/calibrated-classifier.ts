// CalibratedClassifierCV: scores of other classifiers, turned into probabilities by curves that were fitted to held-out rows.

import type { ModelMethod } from "../../core/create-model.js";
import type { MethodName, Scalar, Table } from "../../core/model.js";
import { State } from "../../estimator/attributes.js";
import type { Estimator, EstimatorClass, ReadPart } from "../../estimator/estimator.js";
import { expit, softmaxInPlace } from "../../estimator/links.js";
import {
  inputsOfAll,
  labelsMethod,
  largestPlaces,
  methodOf,
  type Numbers,
  numbersFrom,
  numbersMethod,
  oneColumn,
  placesAmong,
} from "../../estimator/meta-estimator.js";
import { log } from "../../math/log.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";
import { type GlobalRow, instance } from "../../pickle/allow-list.js";
import { Instance, type Value } from "../../pickle/values.js";

const module = "sklearn.calibration";

export const calibratedClass: EstimatorClass = {
  name: "CalibratedClassifierCV",
  module,
  paths: [module],
  read: readCalibrated,
};

/** Objects within it that are no estimators. */
export const calibrationParts: readonly GlobalRow[] = [
  "_CalibratedClassifier",
  "_SigmoidCalibration",
  "_TemperatureScaling",
].map((name) => ({ modules: [module], name, call: instance }));

/** Rounding may lift a probability above 1 by this, and it is 1 then. */
const aboveOneMax = 1e-5;

function readCalibrated(state: State, readPart: ReadPart): Estimator {
  const classes = state.classes();
  const list = state.items("calibrated_classifiers_", "a list of classifiers");
  const members = list.map((item) => readMember(state, readPart, item, classes));
  const width = classes.length;
  const shares = (table: Table) => {
    const out = new Float64Array(table.rows * width);
    for (const { addShares } of members) addShares(table, out);
    return out.map((value) => value / members.length);
  };
  const parts = members.map(({ estimator }) => estimator);
  return {
    type: state.type,
    version: state.version,
    inputs: inputsOfAll(state, parts),
    keepsMissing: false,
    classes,
    methods: new Map<MethodName, ModelMethod>([
      ["predict", labelsMethod(classes, (table) => largestPlaces(shares(table), width))],
      ["predict_proba", numbersMethod(width, shares)],
    ]),
    parameters: { ...state.parameters("method"), estimators: parts.length, estimator: parts[0]!.type },
  };
}

/** Added to a probability, so that its logarithm is a number. */
const leastShare = 1e-12;

interface Member {
  readonly estimator: Estimator;
  readonly addShares: (table: Table, out: Float64Array) => void;
}

function readMember(outer: State, readPart: ReadPart, value: Value, classes: readonly Scalar[]): Member {
  if (!(value instanceof Instance) || value.global.name !== "_CalibratedClassifier") {
    throw outer.expected("a calibrated classifier", ["calibrated_classifiers_"], value);
  }
  const state = new State(value, outer.type);
  const estimator = readPart(state.get("estimator", "base_estimator"), `the classifier of ${outer.type}`);
  const curves = state.get("calibrators", "calibrators_");
  if (!Array.isArray(curves) || curves.length === 0) throw state.expected("a list of curves", ["calibrators"], curves);
  const width = classes.length;
  const scores = scoresOf(state, estimator, width);
  if (state.get("method") === "temperature") {
    return { estimator, addShares: scaledBy(state, estimator, curves[0]!, scores, width) };
  }
  const places = width === 2 ? [1] : placesAmong(state, classes, estimator.classes ?? classes);
  if (curves.length !== places.length) throw state.inconsistent(`${curves.length} curves for ${places.length} scores`);
  const apply = curves.map((curve) => readCurve(state, readPart, curve));
  return {
    estimator,
    addShares(table, out) {
      const numbers = scores(table);
      const { rows, data } = numbers;
      const shares = new Float64Array(rows * width);
      for (const [index, place] of places.entries()) {
        const column = Float64Array.from({ length: rows }, (_, row) => data[row * places.length + index]!);
        const calibrated = apply[index]!(column);
        for (let row = 0; row < rows; row++) shares[row * width + place] = calibrated[row]!;
      }
      for (let row = 0; row < rows; row++) normalize(shares, row * width, width);
      add(shares, out);
    },
  };
}

/** A score for each class, or one for two classes: the decision function, else the probabilities. */
function scoresOf(state: State, estimator: Estimator, width: number): (table: Table) => Numbers {
  const method = methodOf(state, estimator, "decision_function", "predict_proba");
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
      throw state.inconsistent(`its classifier answers ${scores.columns} scores for ${width} classes`);
    return scores;
  };
}

/** One class's curve: a sigmoid, or an isotonic regression. */
function readCurve(outer: State, readPart: ReadPart, value: Value): (scores: Float64Array) => Float64Array {
  if (value instanceof Instance && value.global.name === "_SigmoidCalibration") {
    const state = new State(value, outer.type);
    const a = state.number("a_");
    const b = state.number("b_");
    return (scores) => scores.map((score) => expit(-(a * score + b)));
  }
  const predict = methodOf(outer, readPart(value, `a curve of ${outer.type}`), "predict");
  return (scores) =>
    oneColumn(outer, numbersFrom(predict, { kind: "matrix", rows: scores.length, columns: 1, data: scores }));
}

/** With two classes the first has what the second leaves; with more they are divided by their sum. */
function normalize(shares: Float64Array, start: number, width: number): void {
  if (width === 2) shares[start] = 1 - shares[start + 1]!;
  else {
    const sum = pairwiseSum(shares, start, width);
    for (let at = start; at < start + width; at++) shares[at] = sum === 0 ? 1 / width : shares[at]! / sum;
  }
}

/** method="temperature" (1.8 and later): a softmax of the logits, all multiplied by one number. */
function scaledBy(
  outer: State,
  estimator: Estimator,
  value: Value,
  scores: (table: Table) => Numbers,
  width: number,
): Member["addShares"] {
  if (!(value instanceof Instance) || value.global.name !== "_TemperatureScaling") {
    throw outer.expected("a temperature", ["calibrators"], value);
  }
  const beta = new State(value, outer.type).number("beta_");
  const fromShares = !estimator.methods.has("decision_function");
  return (table, out) => {
    const { rows, data } = scores(table);
    const shares = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      const from = row * width;
      if (width === 2) {
        const second = data[row]!;
        shares[from] = beta * (fromShares ? log(1 - second + leastShare) : -second);
        shares[from + 1] = beta * (fromShares ? log(second + leastShare) : second);
      } else {
        for (let at = from; at < from + width; at++)
          shares[at] = beta * (fromShares ? log(data[at]! + leastShare) : data[at]!);
      }
      softmaxInPlace(shares, from, width);
    }
    add(shares, out);
  };
}

function add(shares: Float64Array, out: Float64Array): void {
  for (let at = 0; at < out.length; at++) {
    const share = shares[at]!;
    out[at]! += share > 1 && share <= 1 + aboveOneMax ? 1 : share;
  }
}
