// Linear classifiers besides logistic regression: stochastic gradient descent and similar ones, RidgeClassifier.

import type { ModelMethod } from "../../core/create-model.js";
import type { MethodName } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { readBinarizedClasses } from "../../estimator/binarized-classes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { linearClassifier, readLinearClassifier } from "../../estimator/linear-models.js";
import {
  checkClasses,
  type Linear,
  linearDecision,
  linearPredict,
  numberOfScore,
  oneAgainstRest,
  probabilitiesOfScores,
  readLinear,
} from "../../estimator/linear-scores.js";
import { divideBySum } from "../../estimator/links.js";
import { flagsAbove } from "../../estimator/several-flags.js";

const descent = ["sklearn.linear_model._stochastic_gradient", "sklearn.linear_model.stochastic_gradient"];
const ridge = ["sklearn.linear_model._ridge", "sklearn.linear_model.ridge"];

export const linearClassifierClasses: readonly EstimatorClass[] = [
  { name: "SGDClassifier", paths: descent, read: readDescent },
  {
    name: "Perceptron",
    paths: ["sklearn.linear_model._perceptron", "sklearn.linear_model.perceptron"],
    read: (attributes) => readLinearClassifier(attributes, ["penalty", "alpha"]),
  },
  {
    name: "PassiveAggressiveClassifier",
    paths: ["sklearn.linear_model._passive_aggressive", "sklearn.linear_model.passive_aggressive"],
    read: (attributes) => readLinearClassifier(attributes, ["C", "loss"]),
  },
  { name: "RidgeClassifier", paths: ridge, read: (attributes) => readRidge(attributes, "alpha") },
  { name: "RidgeClassifierCV", paths: ridge, read: (attributes) => readRidge(attributes, "alpha_") },
  { name: "SGDOneClassSVM", paths: descent, read: readOneClass },
];

/** Two losses have probabilities: logistic loss, which 1.1 renamed, and modified Huber. */
function readDescent(attributes: EstimatorAttributes): EstimatorDefinition {
  return readLinearClassifier(attributes, ["loss", "penalty", "alpha"], (linear) => {
    const loss = attributes.get("loss");
    if (loss === "log" || loss === "log_loss") return oneAgainstRest(linear);
    return loss === "modified_huber" ? huberProbabilities(linear) : undefined;
  });
}

/** (clip(score, -1, 1) + 1) / 2, divided by the sum; where all are zero, all get the same. */
function huberProbabilities(linear: Linear): ModelMethod {
  const probability = (score: number) => (Math.min(Math.max(score, -1), 1) + 1) / 2;
  const width = linear.outputs;
  if (width === 1) {
    return probabilitiesOfScores(linear, 2, (scores, from, out, to) => {
      const second = probability(scores[from]!);
      out[to] = 1 - second;
      out[to + 1] = second;
    });
  }
  return probabilitiesOfScores(linear, width, (scores, from, out, to) => {
    let all = 0;
    for (let index = 0; index < width; index++) {
      out[to + index] = probability(scores[from + index]!);
      all += out[to + index]!;
    }
    if (all === 0) out.fill(1, to, to + width);
    divideBySum(out, to, width);
  });
}

/** Its labels are those of its LabelBinarizer; fitted on a matrix of 0 and 1, it predicts such a matrix. */
function readRidge(attributes: EstimatorAttributes, alpha: string): EstimatorDefinition {
  const { classes, several } = readBinarizedClasses(attributes);
  const linear = readLinear(attributes);
  if (several && linear.outputs !== classes.length) {
    throw attributes.inconsistent(`${classes.length} labels and ${linear.outputs} rows of coefficients`);
  }
  if (!several) checkClasses(attributes, linear, classes);
  const decision = linearDecision(linear);
  const predict = several ? flagsAbove(decision, 0) : linearPredict(linear, classes);
  return linearClassifier(
    attributes,
    linear,
    classes,
    new Map<MethodName, ModelMethod>([
      ["predict", predict],
      ["decision_function", decision],
    ]),
    [alpha],
  );
}

function readOneClass(attributes: EstimatorAttributes): EstimatorDefinition {
  const weights = attributes.numbers(["coef_"]);
  const features = weights.length;
  const offset = attributes.number("offset_");
  const linear = { outputs: 1, features, weights, intercepts: Float64Array.of(-offset), flat: true };
  const decision = numberOfScore(linear);
  return {
    inputs: numberInputs(attributes, features, false),
    methods: new Map<MethodName, ModelMethod>([
      ["predict", insideOrOutside(decision)],
      ["decision_function", decision],
      ["score_samples", numberOfScore(linear, (score) => score + offset)],
    ]),
    parameters: attributes.parameters("nu"),
  };
}

/** 1 where the decision is not below zero, else -1. */
function insideOrOutside(decision: ModelMethod): ModelMethod {
  return {
    output: { kind: "label" },
    run(table) {
      const { shape, data } = decision.run(table);
      return { shape, data: Array.from(data, (value) => (Number(value) >= 0 ? 1 : -1)) };
    },
  };
}
