// What linear models share: a dot product and an intercept for each output.

import type { ModelMethod } from "../core/create-model.js";
import { matrixOf } from "../core/matrix.js";
import { argmax } from "../core/methods.js";
import type { Scalar, SparseTable, Table } from "../core/model.js";
import { matrixDot32, vectorDot32 } from "../math/dot32.js";
import { dot } from "../math/vectors.js";
import { NdArray } from "../numpy/ndarray.js";
import { isCsr } from "../scipy/sparse.js";
import type { EstimatorAttributes } from "./attributes.js";
import { readMatrix } from "./fitted-matrix.js";
import { doubleLinks, type Links } from "./links.js";
import { singleLinks } from "./links32.js";

/** Weights of `outputs` outputs: row o of `weights` has one for each feature. */
export interface Linear {
  readonly outputs: number;
  readonly features: number;
  readonly weights: Float64Array;
  readonly intercepts: Float64Array;
  /** Whether the coefficients are one-dimensional: then a prediction is a number, not a list of one. */
  readonly flat: boolean;
  /** Whether the coefficients are 32-bit floats: then the scores of a table of 32-bit floats are, too, as in numpy. */
  readonly single?: boolean;
}

/** Reads coef_, dense or sparse, and intercept_. */
export function readLinear(attributes: EstimatorAttributes): Linear {
  const coef = attributes.get("coef_");
  if (isCsr(coef)) {
    // What `sparsify()` leaves.
    const { rows, columns, data } = readMatrix(attributes, ["coef_"]);
    return {
      outputs: rows,
      features: columns,
      weights: data,
      intercepts: readIntercepts(attributes, rows),
      flat: false,
    };
  }
  if (!(coef instanceof NdArray)) throw attributes.expected("an array", ["coef_"], coef);
  const [outputs, features] = coef.shape.length === 2 ? coef.shape : [1, coef.shape[0] ?? 0];
  if (coef.shape.length < 1 || coef.shape.length > 2 || outputs === 0) {
    throw attributes.inconsistent(`coef_ has the shape (${coef.shape.join(", ")})`);
  }
  return {
    outputs: outputs!,
    features: features!,
    weights: coef.toNumbers(),
    intercepts: readIntercepts(attributes, outputs!),
    flat: coef.shape.length === 1,
    single: coef.dtype.code.endsWith("f4"),
  };
}

/** One number for all outputs, 0.0 where no intercept was fitted, or one for each. */
function readIntercepts(attributes: EstimatorAttributes, outputs: number): Float64Array {
  const intercept = attributes.get("intercept_");
  if (!(intercept instanceof NdArray)) return new Float64Array(outputs).fill(attributes.number("intercept_"));
  const numbers = intercept.toNumbers();
  if (numbers.length === 1) return new Float64Array(outputs).fill(numbers[0]!);
  return attributes.numbers(["intercept_"], outputs);
}

function isSingle({ single }: Linear, table: Table): boolean {
  return single === true && table.kind === "matrix" && table.single === true;
}

/** The scores of all rows: `outputs` for each. Of a sparse table only the entries are added, in their order. */
function scoresOf(linear: Linear, table: Table): Float64Array {
  if (table.kind === "sparse") return sparseScores(linear, table);
  const { outputs, features, weights, intercepts } = linear;
  const { rows, data } = matrixOf(table);
  const scores = new Float64Array(rows * outputs);
  if (isSingle(linear, table)) {
    const dot32 = outputs === 1 ? vectorDot32 : matrixDot32;
    for (let row = 0, at = 0; row < rows; row++) {
      for (let output = 0; output < outputs; output++, at++) {
        const product = dot32(data, row * features, weights, output * features, features);
        scores[at] = Math.fround(product + intercepts[output]!);
      }
    }
    return scores;
  }
  for (let row = 0, at = 0; row < rows; row++) {
    for (let output = 0; output < outputs; output++, at++) {
      scores[at] = dot(data, row * features, weights, output * features, features) + intercepts[output]!;
    }
  }
  return scores;
}

function sparseScores({ outputs, features, weights, intercepts }: Linear, table: SparseTable): Float64Array {
  const { rows, data, indices, indptr } = table;
  const scores = new Float64Array(rows * outputs);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let output = 0; output < outputs; output++, at++) {
      let sum = 0;
      const from = output * features;
      for (let entry = indptr[row]!; entry < indptr[row + 1]!; entry++)
        sum += data[entry]! * weights[from + indices[entry]!]!;
      scores[at] = sum + intercepts[output]!;
    }
  }
  return scores;
}

/** A number for each row, computed from its only score. */
export function numberOfScore(linear: Linear, numberOf?: (score: number) => number): ModelMethod {
  return {
    output: { kind: "number" },
    run(table) {
      const scores = scoresOf(linear, table);
      return { shape: [table.rows], data: numberOf ? scores.map(numberOf) : scores };
    },
  };
}

/** A list of numbers for each row: its scores. */
export function listOfScores(linear: Linear): ModelMethod {
  return {
    output: { kind: "number", columns: linear.outputs },
    run: (table) => ({ shape: [table.rows, linear.outputs], data: scoresOf(linear, table) }),
  };
}

/** Writes `width` numbers into `out` from `to` on, computed from the scores from `from` on. */
type FillShares = (scores: Float64Array, from: number, out: Float64Array, to: number, links: Links) => void;

/** A list of `width` numbers for each row, computed from its scores. */
export function probabilitiesOfScores(linear: Linear, width: number, fill: FillShares): ModelMethod {
  return {
    output: { kind: "number", columns: width },
    run(table) {
      const scores = scoresOf(linear, table);
      const links = isSingle(linear, table) ? singleLinks : doubleLinks;
      const out = new Float64Array(table.rows * width);
      for (let row = 0; row < table.rows; row++) fill(scores, row * linear.outputs, out, row * width, links);
      return { shape: [table.rows, width], data: out };
    },
  };
}

/** @throws ModelError "estimator-inconsistent" unless there is a row of coefficients for each class, or one for two. */
export function checkClasses(attributes: EstimatorAttributes, { outputs }: Linear, classes: readonly Scalar[]): void {
  if (classes.length < 2) throw attributes.inconsistent(`it has ${classes.length} classes`);
  if (outputs !== (classes.length === 2 ? 1 : classes.length)) {
    throw attributes.inconsistent(`${classes.length} classes and ${outputs} rows of coefficients`);
  }
}

/**
 * LinearClassifierMixin.predict: the class of the largest score; of two, the second where the only score is above zero.
 */
export function linearPredict(linear: Linear, classes: readonly Scalar[]): ModelMethod {
  const { outputs } = linear;
  return {
    output: { kind: "label" },
    run(table) {
      const scores = scoresOf(linear, table);
      const labels = new Array<Scalar>(table.rows);
      for (let row = 0; row < table.rows; row++) {
        const label = outputs === 1 ? (scores[row]! > 0 ? 1 : 0) : argmax(scores, row * outputs, outputs);
        labels[row] = classes[label]!;
      }
      return { shape: [table.rows], data: labels };
    },
  };
}

/** LinearClassifierMixin.decision_function */
export function linearDecision(linear: Linear): ModelMethod {
  return linear.outputs === 1 ? numberOfScore(linear) : listOfScores(linear);
}

/** LinearClassifierMixin._predict_proba_lr: a sigmoid of each score, and more than two are divided by their sum. */
export function oneAgainstRest(linear: Linear): ModelMethod {
  const width = linear.outputs;
  if (width === 1) {
    return probabilitiesOfScores(linear, 2, (scores, from, out, to, { expit, round }) => {
      const second = expit(scores[from]!);
      out[to] = round(1 - second);
      out[to + 1] = second;
    });
  }
  return probabilitiesOfScores(linear, width, (scores, from, out, to, { expit, divideBySum }) => {
    for (let index = 0; index < width; index++) out[to + index] = expit(scores[from + index]!);
    divideBySum(out, to, width);
  });
}

/** sklearn.utils.extmath.softmax of the scores. Two classes have the scores -s and s. */
export function softmaxOfScores(linear: Linear): ModelMethod {
  const { outputs } = linear;
  const width = outputs === 1 ? 2 : outputs;
  return probabilitiesOfScores(linear, width, (scores, from, out, to, { softmaxInPlace }) => {
    if (outputs === 1) {
      out[to] = -scores[from]!;
      out[to + 1] = scores[from]!;
    } else {
      for (let index = 0; index < width; index++) out[to + index] = scores[from + index]!;
    }
    softmaxInPlace(out, to, width);
  });
}
