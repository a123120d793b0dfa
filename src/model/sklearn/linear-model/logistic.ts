// LogisticRegression and LogisticRegressionCV.

import type { ModelMethod } from "../../core/create-model.js";
import { logarithmOf } from "../../core/methods.js";
import type { MethodName, Scalar } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import {
  checkClasses,
  linearDecision,
  linearPredict,
  oneAgainstRest,
  readLinear,
  softmaxOfScores,
} from "../../estimator/linear-scores.js";

const paths = ["sklearn.linear_model._logistic", "sklearn.linear_model.logistic"];

export const logisticClasses: readonly EstimatorClass[] = [
  { name: "LogisticRegression", paths, read: readLogistic },
  { name: "LogisticRegressionCV", paths, read: readLogistic },
];

function readLogistic(attributes: EstimatorAttributes): EstimatorDefinition {
  const classes = attributes.classes();
  const linear = readLinear(attributes);
  checkClasses(attributes, linear, classes);
  const probabilities = isOneAgainstRest(attributes, classes) ? oneAgainstRest(linear) : softmaxOfScores(linear);
  return {
    inputs: numberInputs(attributes, linear.features, false),
    classes,
    methods: new Map<MethodName, ModelMethod>([
      ["predict", linearPredict(linear, classes)],
      ["predict_proba", probabilities],
      ["predict_log_proba", logarithmOf(probabilities)],
      ["decision_function", linearDecision(linear)],
    ]),
    parameters: attributes.parameters("C", "penalty", "solver", "l1_ratio"),
  };
}

/**
 * Whether the probabilities are those of separate two-class models. scikit-learn's rule has moved with the defaults of
 * `multi_class` and `solver`; 1.8 dropped the parameter: two classes are one model, more are multinomial.
 */
function isOneAgainstRest(attributes: EstimatorAttributes, classes: readonly Scalar[]): boolean {
  const multiClass = attributes.get("multi_class");
  if (multiClass === undefined) return classes.length <= 2;
  if (multiClass === "ovr" || multiClass === "warn") return true;
  if (multiClass !== "auto" && multiClass !== "deprecated") return false;
  const solver = attributes.get("solver");
  return classes.length <= 2 || solver === "liblinear" || (attributes.since(1, 2) && solver === "newton-cholesky");
}
