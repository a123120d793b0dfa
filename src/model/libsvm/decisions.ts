// svm_predict_values of libsvm: the decision values of a classifier's pairs, or of a regressor.

import { type Kernel, kernelValues, type Vectors } from "./kernel.js";

/** A fitted machine, as libsvm keeps it. */
export interface Machine {
  readonly kernel: Kernel;
  readonly vectors: Vectors;
  /** Row j - 1 holds the coefficients of a vector against class j; (classes - 1) rows, a column each vector. */
  readonly coefficients: Float64Array;
  /** One a pair of classes, in the order (0,1), (0,2), ... (1,2), ...: the negative of libsvm's rho. */
  readonly intercepts: Float64Array;
  /** How many support vectors each class has, in the order of the vectors. Empty for regressors and one class. */
  readonly vectorsOfClass: Int32Array;
}

/** Fills `out` with the decision values of the row of `data` that begins at `start`. */
export type Decide = (data: Float64Array, start: number, out: Float64Array) => void;

/** Decision values of every pair of classes: positive speaks for the first of the pair. */
export function pairDecisions({ kernel, vectors, coefficients, intercepts, vectorsOfClass }: Machine): Decide {
  const fill = kernelValues(kernel, vectors);
  const values = new Float64Array(vectors.rows);
  const count = vectors.rows;
  const classes = vectorsOfClass.length;
  const starts = new Int32Array(classes);
  for (let index = 1; index < classes; index++) starts[index] = starts[index - 1]! + vectorsOfClass[index - 1]!;
  return function decidePairs(data, start, out) {
    fill(data, start, values);
    let pair = 0;
    for (let i = 0; i < classes; i++) {
      for (let j = i + 1; j < classes; j++) {
        let sum = 0;
        let row = (j - 1) * count;
        let from = starts[i]!;
        for (let end = from + vectorsOfClass[i]!; from < end; from++) sum += coefficients[row + from]! * values[from]!;
        row = i * count;
        from = starts[j]!;
        for (let end = from + vectorsOfClass[j]!; from < end; from++) sum += coefficients[row + from]! * values[from]!;
        out[pair] = sum + intercepts[pair]!;
        pair++;
      }
    }
  };
}

/** The one decision value of a regressor or a one-class machine. */
export function singleDecision({ kernel, vectors, coefficients, intercepts }: Machine): Decide {
  const fill = kernelValues(kernel, vectors);
  const values = new Float64Array(vectors.rows);
  const intercept = intercepts[0]!;
  return function decide(data, start, out) {
    fill(data, start, values);
    let sum = 0;
    for (let k = 0; k < values.length; k++) sum += coefficients[k]! * values[k]!;
    out[0] = sum + intercept;
  };
}

/** The class with most pairs won; the first of them on a tie. */
export function winner(decisions: Float64Array, votes: Int32Array): number {
  votes.fill(0);
  let pair = 0;
  for (let i = 0; i < votes.length; i++) {
    for (let j = i + 1; j < votes.length; j++) {
      const won = decisions[pair++]! > 0 ? i : j;
      votes[won] = votes[won]! + 1;
    }
  }
  let best = 0;
  for (let index = 1; index < votes.length; index++) if (votes[index]! > votes[best]!) best = index;
  return best;
}
