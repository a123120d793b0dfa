import type { ModelMethod } from "../core/create-model.js";

/**
 * A matrix of 0 and 1: which of another method's numbers are above a threshold. It is what classifiers that were fitted
 * on such a matrix predict.
 */
export function flagsAbove(scores: ModelMethod, threshold: number): ModelMethod {
  return {
    output: { kind: "label", ...(scores.output.columns !== undefined && { columns: scores.output.columns }) },
    run(table) {
      const { shape, data } = scores.run(table);
      return { shape, data: Array.from(data, (value) => (Number(value) > threshold ? 1 : 0)) };
    },
  };
}
