// What boosted classifiers and regressors make of their raw scores.

import type { ModelMethod } from "../../core/create-model.js";
import { logarithmOf } from "../../core/methods.js";
import type { MethodName, Scalar } from "../../core/model.js";
import { expit } from "../../estimator/links.js";
import { labelsOfLargest, type Scores } from "../../estimator/several-labels.js";

export interface BoostedClassifier {
  readonly classes: readonly Scalar[];
  /** One score a row for two classes, else one for each class. */
  readonly raw: Scores;
  /** Which rule gives the label: the largest probability, or the raw scores (with two classes the second one's, from 0 on or above). */
  readonly labelFrom: "probability" | "score from 0" | "score above 0";
  /** What the score of two classes is multiplied by before the sigmoid. */
  readonly factor: number;
  /** Turns a row of scores into probabilities, in place. */
  readonly share: (values: Float64Array, start: number, width: number) => void;
}

export function boostedMethods(model: BoostedClassifier): ReadonlyMap<MethodName, ModelMethod> {
  const { classes, raw } = model;
  const two = classes.length === 2;
  const shares = two ? twoShares(model) : manyShares(model);
  const probabilities = numbersOf(shares, classes.length);
  return new Map([
    ["predict", labels(model, shares)],
    ["predict_proba", probabilities],
    ["predict_log_proba", logarithmOf(probabilities)],
    ["decision_function", two ? numberOf(raw) : numbersOf(raw, classes.length)],
  ]);
}

/** One number for each row. */
export function numberOf(scores: Scores): ModelMethod {
  return {
    answers: { kind: "number" },
    run(table) {
      const { rows, data } = scores(table);
      return { shape: [rows], data };
    },
  };
}

function numbersOf(scores: Scores, width: number): ModelMethod {
  return {
    answers: { kind: "number", columns: width },
    run(table) {
      const { rows, data } = scores(table);
      return { shape: [rows, width], data };
    },
  };
}

function labels({ classes, raw, labelFrom }: BoostedClassifier, shares: Scores): ModelMethod {
  if (labelFrom === "probability") return labelsOfLargest([classes], classes.length, shares);
  if (classes.length > 2) return labelsOfLargest([classes], classes.length, raw);
  const from0 = labelFrom === "score from 0";
  return {
    answers: { kind: "label" },
    run(table) {
      const { rows, data } = raw(table);
      return {
        shape: [rows],
        data: Array.from(data, (value) => classes[value > 0 || (from0 && value === 0) ? 1 : 0]!),
      };
    },
  };
}

function twoShares({ raw, factor }: BoostedClassifier): Scores {
  return (table) => {
    const { rows, data } = raw(table);
    const out = new Float64Array(2 * rows);
    for (let row = 0; row < rows; row++) {
      const second = expit(factor * data[row]!);
      out[2 * row] = 1 - second;
      out[2 * row + 1] = second;
    }
    return { rows, data: out };
  };
}

function manyShares({ raw, classes, share }: BoostedClassifier): Scores {
  return (table) => {
    const scores = raw(table);
    for (let row = 0; row < scores.rows; row++) share(scores.data, row * classes.length, classes.length);
    return scores;
  };
}
