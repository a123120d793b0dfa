// What linear models share: a dot product and an intercept for each answer.

import type { ModelMethod } from "../create-model.js";
import { dot } from "../math/vectors.js";
import { argmax, labelForRow, numberForRow, numbersForRow } from "../methods.js";
import type { Scalar } from "../model.js";
import { NdArray } from "../numpy/ndarray.js";
import { isCsr } from "../scipy/sparse.js";
import { readMatrix } from "./fitted-matrix.js";
import { divideBySum, expit, softmaxInPlace } from "./links.js";
import type { State } from "./state.js";

/** Weights of `outputs` answers: row o of `weights` has one for each feature. */
export interface Linear {
  readonly outputs: number;
  readonly features: number;
  readonly weights: Float64Array;
  readonly intercepts: Float64Array;
  /** Whether the coefficients are one list: then an answer is a number, not a list of one. */
  readonly flat: boolean;
}

/** Reads coef_, dense or sparse, and intercept_. */
export function readLinear(state: State): Linear {
  const coef = state.get("coef_");
  if (isCsr(coef)) {
    // What `sparsify()` leaves.
    const { rows, columns, data } = readMatrix(state, ["coef_"]);
    return { outputs: rows, features: columns, weights: data, intercepts: readIntercepts(state, rows), flat: false };
  }
  if (!(coef instanceof NdArray)) throw state.expected("an array", ["coef_"], coef);
  const [outputs, features] = coef.shape.length === 2 ? coef.shape : [1, coef.shape[0] ?? 0];
  if (coef.shape.length < 1 || coef.shape.length > 2 || outputs === 0) {
    throw state.inconsistent(`coef_ has the shape (${coef.shape.join(", ")})`);
  }
  return {
    outputs: outputs!,
    features: features!,
    weights: coef.toNumbers(),
    intercepts: readIntercepts(state, outputs!),
    flat: coef.shape.length === 1,
  };
}

/** A number for one output, or 0.0 for all where none was fitted. */
function readIntercepts(state: State, outputs: number): Float64Array {
  const intercept = state.get("intercept_");
  if (!(intercept instanceof NdArray)) return new Float64Array(outputs).fill(state.number("intercept_"));
  const numbers = intercept.toNumbers();
  if (numbers.length === 1) return new Float64Array(outputs).fill(numbers[0]!);
  return state.numbers(["intercept_"], outputs);
}

export function fillScores(
  linear: Linear,
  data: Float64Array,
  start: number,
  out: Float64Array,
  outStart: number,
): void {
  const { outputs, features, weights, intercepts } = linear;
  for (let output = 0; output < outputs; output++) {
    out[outStart + output] = dot(data, start, weights, output * features, features) + intercepts[output]!;
  }
}

/** The score of a model with one answer. */
export function scoreOf({ features, weights, intercepts }: Linear): (data: Float64Array, start: number) => number {
  const intercept = intercepts[0]!;
  return (data, start) => dot(data, start, weights, 0, features) + intercept;
}

/** @throws TepalError "estimator-inconsistent" unless there is a row of coefficients for each class, or one for two. */
export function checkClasses(state: State, { outputs }: Linear, classes: readonly Scalar[]): void {
  if (outputs !== (classes.length <= 2 ? 1 : classes.length)) {
    throw state.inconsistent(`${classes.length} classes and ${outputs} rows of coefficients`);
  }
}

/** LinearClassifierMixin.predict: the class of the largest score; of two, the second where the only score is above zero. */
export function linearPredict(linear: Linear, classes: readonly Scalar[]): ModelMethod {
  if (linear.outputs === 1) {
    const score = scoreOf(linear);
    return labelForRow(classes, (data, start) => (score(data, start) > 0 ? 1 : 0));
  }
  const row = new Float64Array(linear.outputs);
  return labelForRow(classes, (data, start) => {
    fillScores(linear, data, start, row, 0);
    return argmax(row, 0, row.length);
  });
}

/** LinearClassifierMixin.decision_function */
export function linearDecision(linear: Linear): ModelMethod {
  if (linear.outputs === 1) return numberForRow(scoreOf(linear));
  return numbersForRow(linear.outputs, (data, start, out, outStart) => fillScores(linear, data, start, out, outStart));
}

/** LinearClassifierMixin._predict_proba_lr: a sigmoid of each score, and more than two are divided by their sum. */
export function oneAgainstRest(linear: Linear): ModelMethod {
  if (linear.outputs === 1) return sigmoidOfTwo(linear);
  const width = linear.outputs;
  return numbersForRow(width, (data, start, out, outStart) => {
    fillScores(linear, data, start, out, outStart);
    for (let index = outStart; index < outStart + width; index++) out[index] = expit(out[index]!);
    divideBySum(out, outStart, width);
  });
}

/** The probabilities of two classes, from the score of the second. */
function sigmoidOfTwo(linear: Linear): ModelMethod {
  const score = scoreOf(linear);
  return numbersForRow(2, (data, start, out, outStart) => {
    const second = expit(score(data, start));
    out[outStart] = 1 - second;
    out[outStart + 1] = second;
  });
}

/** sklearn.utils.extmath.softmax of the scores. Two classes have the scores -s and s. */
export function softmaxOfScores(linear: Linear): ModelMethod {
  const width = linear.outputs === 1 ? 2 : linear.outputs;
  return numbersForRow(width, (data, start, out, outStart) => {
    fillScores(linear, data, start, out, outStart);
    if (linear.outputs === 1) {
      out[outStart + 1] = out[outStart]!;
      out[outStart] = -out[outStart]!;
    }
    softmaxInPlace(out, outStart, width);
  });
}
