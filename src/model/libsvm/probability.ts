// Probabilities of classes from the decision values of pairs: svm.cpp's sigmoid_predict and multiclass_probability,
// which is the second method of Wu, Lin and Weng, "Probability estimates for multi-class classification by pairwise
// coupling" (2004).

import { exp } from "../math/exp.js";

/** Pairwise probabilities are kept this far from 0 and 1. */
const pairMin = 1e-7;

/** Fewest rounds of the iteration; more when there are more classes. */
const roundsMin = 100;

/** Platt's sigmoid for each pair of classes. */
interface Sigmoids {
  readonly a: Float64Array;
  readonly b: Float64Array;
}

/**
 * Fills `out` from `start` on with the classes' probabilities, from the decision values of every pair, which begin at
 * `from`.
 */
type Couple = (decisions: Float64Array, from: number, out: Float64Array, start: number) => void;

/**
 * @param iterateTwo scikit-learn's libsvm iterates for two classes as well. LIBSVM from 3.24 on uses the pair's
 * probability directly.
 */
export function pairwiseCoupling(classes: number, { a, b }: Sigmoids, iterateTwo: boolean): Couple {
  const r = new Float64Array(classes * classes);
  const q = new Float64Array(classes * classes);
  const qp = new Float64Array(classes);
  const p = new Float64Array(classes);
  return function couple(decisions, from, out, start) {
    let pair = 0;
    for (let i = 0; i < classes; i++) {
      for (let j = i + 1; j < classes; j++) {
        const first = sigmoid(decisions[from + pair]!, a[pair]!, b[pair]!);
        const kept = Math.min(Math.max(first, pairMin), 1 - pairMin);
        r[i * classes + j] = kept;
        r[j * classes + i] = 1 - kept;
        pair++;
      }
    }
    if (classes === 2 && !iterateTwo) {
      out[start] = r[1]!;
      out[start + 1] = r[2]!;
      return;
    }
    solve(classes, r, q, qp, p);
    out.set(p, start);
  };
}

/** 1 / (1 + e^(a decision + b)), without overflow. */
function sigmoid(decision: number, a: number, b: number): number {
  const x = decision * a + b;
  if (x >= 0) {
    const power = exp(-x);
    return power / (1 + power);
  }
  return 1 / (1 + exp(x));
}

/** Fills p. The order of operations is svm.cpp's: the last bits depend on it. */
function solve(classes: number, r: Float64Array, q: Float64Array, qp: Float64Array, p: Float64Array): void {
  const errorMax = 0.005 / classes;
  for (let t = 0; t < classes; t++) {
    p[t] = 1 / classes;
    let diagonal = 0;
    for (let j = 0; j < t; j++) {
      diagonal += r[j * classes + t]! * r[j * classes + t]!;
      q[t * classes + j] = q[j * classes + t]!;
    }
    for (let j = t + 1; j < classes; j++) {
      diagonal += r[j * classes + t]! * r[j * classes + t]!;
      q[t * classes + j] = -r[j * classes + t]! * r[t * classes + j]!;
    }
    q[t * classes + t] = diagonal;
  }
  const roundsMax = Math.max(roundsMin, classes);
  for (let round = 0; round < roundsMax; round++) {
    let pqp = 0;
    for (let t = 0; t < classes; t++) {
      let sum = 0;
      for (let j = 0; j < classes; j++) sum += q[t * classes + j]! * p[j]!;
      qp[t] = sum;
      pqp += p[t]! * sum;
    }
    let error = 0;
    for (let t = 0; t < classes; t++) error = Math.max(error, Math.abs(qp[t]! - pqp));
    if (error < errorMax) return;
    for (let t = 0; t < classes; t++) {
      const diagonal = q[t * classes + t]!;
      const change = (-qp[t]! + pqp) / diagonal;
      p[t] = p[t]! + change;
      pqp = (pqp + change * (change * diagonal + 2 * qp[t]!)) / (1 + change) / (1 + change);
      for (let j = 0; j < classes; j++) {
        qp[j] = (qp[j]! + change * q[t * classes + j]!) / (1 + change);
        p[j] = p[j]! / (1 + change);
      }
    }
  }
}
