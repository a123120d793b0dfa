// From the logarithms of likelihoods to probabilities, as scipy.special.logsumexp does it.

import type { ModelMethod } from "../core/create-model.js";
import { argmax } from "../core/methods.js";
import type { MethodName } from "../core/model.js";
import { exp } from "../math/exp.js";
import { log, log1p } from "../math/log.js";
import { pairwiseSum } from "../numpy/pairwise-sum.js";
import type { EstimatorAttributes } from "./attributes.js";

/** The logarithms of each class's likelihood: a list for each row. */
export interface Likelihoods {
  readonly joint: ModelMethod;
  readonly width: number;
  /** How numpy adds them: pairwise where a row's values are adjacent in memory, in order where a class's are. */
  readonly sum: "pairwise" | "in-order";
}

/** predict_proba and predict_log_proba. */
export function likelihoodMethods(
  attributes: EstimatorAttributes,
  likelihoods: Likelihoods,
): readonly (readonly [MethodName, ModelMethod])[] {
  const logarithms = logProbabilities(attributes, likelihoods);
  const probabilities: ModelMethod = {
    output: logarithms.output,
    run(table) {
      const { shape, data } = logarithms.run(table);
      return { shape, data: Float64Array.from(data, (value) => exp(Number(value))) };
    },
  };
  return [
    ["predict_proba", probabilities],
    ["predict_log_proba", logarithms],
  ];
}

/** The logarithm of the sum of a row's likelihoods. */
export function logLikelihood(attributes: EstimatorAttributes, { joint, width, sum }: Likelihoods): ModelMethod {
  const logSumExp = logSumExpOf(attributes, sum, width);
  return {
    output: { kind: "number" },
    run(table) {
      const data = Float64Array.from(joint.run(table).data, Number);
      return {
        shape: [table.rows],
        data: Float64Array.from({ length: table.rows }, (_, row) => logSumExp(data, row * width)),
      };
    },
  };
}

function logProbabilities(attributes: EstimatorAttributes, { joint, width, sum }: Likelihoods): ModelMethod {
  const logSumExp = logSumExpOf(attributes, sum, width);
  return {
    output: joint.output,
    run(table) {
      const { shape, data } = joint.run(table);
      const out = Float64Array.from(data, Number);
      for (let start = 0; start < out.length; start += width) {
        const total = logSumExp(out, start);
        for (let index = start; index < start + width; index++) out[index] = out[index]! - total;
      }
      return { shape, data: out };
    },
  };
}

/**
 * scipy.special.logsumexp of `width` values. scipy 1.15 began to exclude the largest from the sum; the file does not
 * record scipy's version, and scikit-learn 1.3 is the oldest seen with it.
 */
function logSumExpOf(
  attributes: EstimatorAttributes,
  order: Likelihoods["sum"],
  width: number,
): (values: Float64Array, start: number) => number {
  const apart = attributes.since(1, 3);
  const powers = new Float64Array(width);
  const sumOf = order === "pairwise" ? () => pairwiseSum(powers, 0, width) : () => sumInOrder(powers);
  return (values, start) => {
    const largest = values[start + argmax(values, start, width)]!;
    const shift = Number.isFinite(largest) ? largest : 0;
    let count = 0;
    for (let index = 0; index < width; index++) {
      const value = values[start + index]!;
      if (value === largest) count++;
      powers[index] = apart && value === largest ? 0 : exp(value - shift);
    }
    if (!apart) return log(sumOf()) + shift;
    return log1p(sumOf() / count) + log(count) + largest;
  };
}

function sumInOrder(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
