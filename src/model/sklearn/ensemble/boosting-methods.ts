// What boosted classifiers and regressors make of their raw scores.

import type { ModelMethod } from "../../core/create-model.js";
import { logarithmOf } from "../../core/methods.js";
import type { MethodName, Scalar } from "../../core/model.js";
import { expit } from "../../estimator/links.js";
import { labelsOfLargest, type Scores } from "../../estimator/several-labels.js";

interface BoostedClassifier {
  readonly classes: readonly Scalar[];
  /** One score a row for two classes, else one for each class. */
  readonly raw: Scores;
  /**
   * Which rule gives the label: the largest probability, or the raw scores (with two classes the second one's, from 0
   * on or above).
   */
  readonly labelFrom: "probability" | "score from 0" | "score above 0";
  /** What the score of two classes is multiplied by before the sigmoid. */
  readonly factor: number;
  /** Turns a row of scores into probabilities, in place. */
  readonly toProbabilities: (values: Float64Array, start: number, width: number) => void;
  /** Whether the class has predict_log_proba: HistGradientBoostingClassifier does not. */
  readonly hasLogarithms: boolean;
}

export function boostedMethods(model: BoostedClassifier): ReadonlyMap<MethodName, ModelMethod> {
  const { classes, raw } = model;
  const two = classes.length === 2;
  const scores = two ? twoProbabilities(model) : manyProbabilities(model);
  const probabilities = numbersOf(scores, classes.length);
  return new Map<MethodName, ModelMethod>([
    ["predict", labels(model, scores)],
    ["predict_proba", probabilities],
    ...(model.hasLogarithms ? ([["predict_log_proba", logarithmOf(probabilities)]] as const) : []),
    ["decision_function", two ? numberOf(raw) : numbersOf(raw, classes.length)],
  ]);
}

/** One number for each row. */
export function numberOf(scores: Scores): ModelMethod {
  return {
    output: { kind: "number" },
    run(table) {
      const { rows, data } = scores(table);
      return { shape: [rows], data };
    },
  };
}

function numbersOf(scores: Scores, width: number): ModelMethod {
  return {
    output: { kind: "number", columns: width },
    run(table) {
      const { rows, data } = scores(table);
      return { shape: [rows, width], data };
    },
  };
}

function labels({ classes, raw, labelFrom }: BoostedClassifier, scores: Scores): ModelMethod {
  if (labelFrom === "probability") return labelsOfLargest([classes], classes.length, scores);
  if (classes.length > 2) return labelsOfLargest([classes], classes.length, raw);
  const from0 = labelFrom === "score from 0";
  return {
    output: { kind: "label" },
    run(table) {
      const { rows, data } = raw(table);
      return {
        shape: [rows],
        data: Array.from(data, (value) => classes[value > 0 || (from0 && value === 0) ? 1 : 0]!),
      };
    },
  };
}

function twoProbabilities({ raw, factor }: BoostedClassifier): Scores {
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

function manyProbabilities({ raw, classes, toProbabilities }: BoostedClassifier): Scores {
  return (table) => {
    const scores = raw(table);
    for (let row = 0; row < scores.rows; row++) toProbabilities(scores.data, row * classes.length, classes.length);
    return scores;
  };
}
