// FixedThresholdClassifier and TunedThresholdClassifierCV: two classes, cut elsewhere than in the middle.

import type { ModelMethod } from "../../core/create-model.js";
import type { MethodName, Scalar, Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { Estimator, EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../../estimator/estimator.js";
import { withNamesOf } from "../../estimator/inputs.js";
import { labelsMethod, oneColumn } from "../../estimator/meta-estimator.js";
import { numbersFrom } from "../../estimator/numbers.js";
import { Dict, Instance, type Value } from "../../pickle/values.js";

const paths = ["sklearn.model_selection._classification_threshold"];

export const thresholdClasses: readonly EstimatorClass[] = [
  { name: "FixedThresholdClassifier", paths, read: readFixed },
  { name: "TunedThresholdClassifierCV", paths, read: readTuned },
];

function readFixed(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  // Without its own fit, its `estimator` parameter is already fitted.
  const part = readSubEstimator(attributes.get("estimator_", "estimator"), `the estimator of ${attributes.type}`);
  const { name, method } = responseOf(attributes, part);
  const automatic = name === "predict_proba" ? 0.5 : 0;
  const threshold = attributes.get("threshold") === "auto" ? automatic : attributes.number("threshold");
  return thresholded(attributes, part, method, name, threshold, attributes.get("pos_label"));
}

function readTuned(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const part = readSubEstimator(attributes.get("estimator_"), `the estimator of ${attributes.type}`);
  const { name, method } = responseOf(attributes, part);
  return thresholded(
    attributes,
    part,
    method,
    name,
    attributes.number("best_threshold_"),
    positiveLabel(attributes.get("_curve_scorer")),
  );
}

/** The scorer's own pos_label, by which the threshold was found. */
function positiveLabel(scorer: Value | undefined): Value | undefined {
  const keywords = scorer instanceof Instance ? scorer.attributes.get("_kwargs") : undefined;
  return keywords instanceof Dict ? (keywords.get("pos_label") ?? undefined) : undefined;
}

/** What the threshold is compared with: response_method, or by default the probabilities where they exist. */
function responseOf(
  attributes: EstimatorAttributes,
  { methods, type }: Estimator,
): { readonly name: MethodName; readonly method: ModelMethod } {
  const asked = attributes.get("response_method");
  const names: readonly MethodName[] = ["predict_proba", "decision_function"];
  for (const name of names) {
    const method = methods.get(name);
    if (method && (asked === "auto" || asked === name)) return { name, method };
  }
  throw attributes.inconsistent(`${type} inside it has none of the methods that the threshold needs`);
}

function thresholded(
  attributes: EstimatorAttributes,
  part: Estimator,
  method: ModelMethod,
  name: MethodName,
  threshold: number,
  positive: Value | undefined,
): EstimatorDefinition {
  const { classes } = part;
  if (classes?.length !== 2) throw attributes.inconsistent("its estimator has not two classes");
  const second = positive === undefined ? 1 : classes.indexOf(positive as Scalar);
  if (second < 0) throw attributes.inconsistent("pos_label is not one of its classes");
  const places = (table: Table) => {
    const numbers = numbersFrom(method, table);
    // decision_function favors the second class; with the first as the positive one its sign is turned.
    const scores =
      name === "predict_proba"
        ? Float64Array.from({ length: numbers.rows }, (_, row) => numbers.data[2 * row + second]!)
        : oneColumn(attributes, numbers).map((value) => (second === 1 ? value : -value));
    return scores.map((score) => (score >= threshold ? second : 1 - second));
  };
  return {
    ...part,
    version: attributes.version ?? part.version,
    inputs: withNamesOf(attributes, part.inputs),
    // A map keeps the place of a key that is set again: predict stays the first.
    methods: new Map([...part.methods, ["predict", labelsMethod(classes, places)]]),
    parameters: { threshold, estimator: part.type, ...part.parameters },
  };
}
