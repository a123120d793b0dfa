// Linear models: a dot product and an intercept for each answer.

import type { ModelMethod } from "../create-model.js";
import { exp } from "../math/exp.js";
import { argmax, labelForRow, logarithmOf, numberForRow, numbersForRow } from "../methods.js";
import type { MethodName, Scalar } from "../model.js";
import { NdArray } from "../numpy/ndarray.js";
import { pairwiseSum } from "../numpy/pairwise-sum.js";
import type { Estimator, EstimatorClass } from "./estimator.js";
import { numberInputs } from "./inputs.js";
import type { State } from "./state.js";

const base = ["sklearn.linear_model._base", "sklearn.linear_model.base"];
const ridge = ["sklearn.linear_model._ridge", "sklearn.linear_model.ridge"];
const descent = ["sklearn.linear_model._coordinate_descent", "sklearn.linear_model.coordinate_descent"];
const logistic = ["sklearn.linear_model._logistic", "sklearn.linear_model.logistic"];

function regressor(name: string, paths: readonly string[], ...parameters: readonly string[]): EstimatorClass {
  return { name, module: "sklearn.linear_model", paths, read: (state) => readRegressor(state, parameters) };
}

export const linearClasses: readonly EstimatorClass[] = [
  regressor("LinearRegression", base, "fit_intercept"),
  regressor("Ridge", ridge, "alpha"),
  regressor("RidgeCV", ridge, "alpha_"),
  regressor("Lasso", descent, "alpha"),
  regressor("LassoCV", descent, "alpha_"),
  regressor("ElasticNet", descent, "alpha", "l1_ratio"),
  regressor("ElasticNetCV", descent, "alpha_", "l1_ratio_"),
  { name: "LogisticRegression", module: "sklearn.linear_model", paths: logistic, read: readLogistic },
  { name: "LogisticRegressionCV", module: "sklearn.linear_model", paths: logistic, read: readLogistic },
];

/** Weights of `outputs` answers: row o of `weights` has one for each feature. */
interface Linear {
  readonly outputs: number;
  readonly features: number;
  readonly weights: Float64Array;
  readonly intercepts: Float64Array;
}

function readRegressor(state: State, parameters: readonly string[]): Estimator {
  const coef = state.array("coef_");
  const linear = readLinear(state, coef);
  const { features, outputs, weights, intercepts } = linear;
  // A fit on one column of targets keeps coef_ two-dimensional in some estimators: then each answer is a list of one.
  const predict =
    coef.shape.length === 1
      ? numberForRow((data, start) => dot(data, start, weights, 0, features) + intercepts[0]!)
      : numbersForRow(outputs, (data, start, out, outStart) => scores(linear, data, start, out, outStart));
  return {
    type: state.type,
    version: state.version,
    inputs: numberInputs(state, features, false),
    keepsMissing: false,
    methods: new Map([["predict", predict]]),
    parameters: state.parameters(...parameters),
  };
}

function readLogistic(state: State): Estimator {
  const classes = state.classes();
  const linear = readLinear(state, state.array("coef_"));
  const binary = classes.length === 2;
  if (linear.outputs !== (binary ? 1 : classes.length)) {
    throw state.inconsistent(`${classes.length} classes and ${linear.outputs} rows of coefficients`);
  }
  const { features, weights, intercepts } = linear;
  const score = (data: Float64Array, start: number) => dot(data, start, weights, 0, features) + intercepts[0]!;
  const row = new Float64Array(linear.outputs);
  const predict = binary
    ? labelForRow(classes, (data, start) => (score(data, start) > 0 ? 1 : 0))
    : labelForRow(classes, (data, start) => {
        scores(linear, data, start, row, 0);
        return argmax(row, 0, row.length);
      });
  const probabilities = isOneAgainstRest(state, classes) ? oneAgainstRest(linear, classes) : softmax(linear, classes);
  const decisions = binary
    ? numberForRow(score)
    : numbersForRow(linear.outputs, (data, start, out, outStart) => scores(linear, data, start, out, outStart));
  return {
    type: state.type,
    version: state.version,
    inputs: numberInputs(state, features, false),
    keepsMissing: false,
    classes,
    methods: new Map<MethodName, ModelMethod>([
      ["predict", predict],
      ["predict_proba", probabilities],
      ["predict_log_proba", logarithmOf(probabilities)],
      ["decision_function", decisions],
    ]),
    parameters: state.parameters("C", "penalty", "solver", "l1_ratio"),
  };
}

/**
 * Whether the probabilities are those of separate two-class models. scikit-learn's rule has moved with the defaults of `multi_class` and
 * `solver`; 1.8 dropped the parameter: two classes are one model, more are multinomial.
 */
function isOneAgainstRest(state: State, classes: readonly Scalar[]): boolean {
  const multiClass = state.get("multi_class");
  if (multiClass === undefined) return classes.length <= 2;
  if (multiClass === "ovr" || multiClass === "warn") return true;
  if (multiClass !== "auto" && multiClass !== "deprecated") return false;
  const solver = state.get("solver");
  return classes.length <= 2 || solver === "liblinear" || (state.since(1, 2) && solver === "newton-cholesky");
}

/** LinearClassifierMixin._predict_proba_lr: a sigmoid of each score, and more than two are divided by their sum. */
function oneAgainstRest(linear: Linear, classes: readonly Scalar[]): ModelMethod {
  const width = classes.length;
  if (linear.outputs === 1) {
    return numbersForRow(width, (data, start, out, outStart) => {
      scores(linear, data, start, out, outStart);
      const second = sigmoid(out[outStart]!);
      out[outStart] = 1 - second;
      out[outStart + 1] = second;
    });
  }
  return numbersForRow(width, (data, start, out, outStart) => {
    scores(linear, data, start, out, outStart);
    for (let index = outStart; index < outStart + width; index++) out[index] = sigmoid(out[index]!);
    divideBySum(out, outStart, width);
  });
}

/** sklearn.utils.extmath.softmax. Two classes have the scores -s and s. */
function softmax(linear: Linear, classes: readonly Scalar[]): ModelMethod {
  const width = classes.length;
  return numbersForRow(width, (data, start, out, outStart) => {
    scores(linear, data, start, out, outStart);
    if (linear.outputs === 1) {
      out[outStart + 1] = out[outStart]!;
      out[outStart] = -out[outStart]!;
    }
    const largest = out[outStart + argmax(out, outStart, width)]!;
    for (let index = outStart; index < outStart + width; index++) out[index] = exp(out[index]! - largest);
    divideBySum(out, outStart, width);
  });
}

function divideBySum(out: Float64Array, start: number, width: number): void {
  const sum = pairwiseSum(out, start, width);
  for (let index = start; index < start + width; index++) out[index] = out[index]! / sum;
}

/** scipy.special.expit */
function sigmoid(x: number): number {
  return 1 / (1 + exp(-x));
}

function readLinear(state: State, coef: NdArray): Linear {
  const [outputs, features] = coef.shape.length === 2 ? coef.shape : [1, coef.shape[0] ?? 0];
  if (coef.shape.length < 1 || coef.shape.length > 2 || outputs === 0) {
    throw state.inconsistent(`coef_ has the shape (${coef.shape.join(", ")})`);
  }
  return {
    outputs: outputs!,
    features: features!,
    weights: coef.toNumbers(),
    intercepts: readIntercepts(state, outputs!),
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

function scores(linear: Linear, data: Float64Array, start: number, out: Float64Array, outStart: number): void {
  const { outputs, features, weights, intercepts } = linear;
  for (let output = 0; output < outputs; output++) {
    out[outStart + output] = dot(data, start, weights, output * features, features) + intercepts[output]!;
  }
}

function dot(data: Float64Array, start: number, weights: Float64Array, from: number, length: number): number {
  let sum = 0;
  for (let index = 0; index < length; index++) sum += data[start + index]! * weights[from + index]!;
  return sum;
}
