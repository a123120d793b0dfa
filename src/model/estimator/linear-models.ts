// Readers of linear classifiers and regressors, for every family that has some.

import type { ModelMethod } from "../core/create-model.js";
import { logarithmOf } from "../core/methods.js";
import type { MethodName, Scalar } from "../core/model.js";
import type { EstimatorAttributes } from "./attributes.js";
import type { EstimatorDefinition } from "./estimator.js";
import { numberInputs } from "./inputs.js";
import {
  checkClasses,
  type Linear,
  linearDecision,
  linearPredict,
  listOfScores,
  numberOfScore,
  readLinear,
} from "./linear-scores.js";

export function readLinearClassifier(
  attributes: EstimatorAttributes,
  parameters: readonly string[],
  probabilitiesOf?: (linear: Linear) => ModelMethod | undefined,
): EstimatorDefinition {
  const classes = attributes.classes();
  const linear = readLinear(attributes);
  checkClasses(attributes, linear, classes);
  const probabilities = probabilitiesOf?.(linear);
  return linearClassifier(
    attributes,
    linear,
    classes,
    new Map<MethodName, ModelMethod>([
      ["predict", linearPredict(linear, classes)],
      ...(probabilities ? withLogarithms(probabilities) : []),
      ["decision_function", linearDecision(linear)],
    ]),
    parameters,
  );
}

function withLogarithms(probabilities: ModelMethod): readonly (readonly [MethodName, ModelMethod])[] {
  return [
    ["predict_proba", probabilities],
    ["predict_log_proba", logarithmOf(probabilities)],
  ];
}

export function linearClassifier(
  attributes: EstimatorAttributes,
  linear: Linear,
  classes: readonly Scalar[],
  methods: ReadonlyMap<MethodName, ModelMethod>,
  parameters: readonly string[],
): EstimatorDefinition {
  return {
    inputs: numberInputs(attributes, linear.features, false),
    classes,
    methods,
    parameters: attributes.parameters(...parameters),
  };
}

export function readLinearRegressor(
  attributes: EstimatorAttributes,
  parameters: readonly string[],
): EstimatorDefinition {
  const linear = readLinear(attributes);
  // Some estimators keep coef_ two-dimensional after a fit on one column of targets: then each prediction is a list of
  // one.
  const predict = linear.flat ? numberOfScore(linear) : listOfScores(linear);
  return {
    inputs: numberInputs(attributes, linear.features, false),
    methods: new Map([["predict", predict]]),
    parameters: attributes.parameters(...parameters),
  };
}
