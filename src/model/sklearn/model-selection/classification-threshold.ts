// FixedThresholdClassifier and TunedThresholdClassifierCV: two classes, cut elsewhere than in the middle.

import type { ModelMethod } from "../../core/create-model.js";
import type { MethodName, Scalar, Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { Estimator, EstimatorClass, EstimatorDefinition, ReadPart } from "../../estimator/estimator.js";
import { withNamesOf } from "../../estimator/inputs.js";
import { labelsMethod, numbersFrom, oneColumn } from "../../estimator/meta-estimator.js";
import { Dict, Instance, type Value } from "../../pickle/values.js";

const paths = ["sklearn.model_selection._classification_threshold"];

export const thresholdClasses: readonly EstimatorClass[] = [
  { name: "FixedThresholdClassifier", paths, read: readFixed },
  { name: "TunedThresholdClassifierCV", paths, read: readTuned },
];

function readFixed(state: EstimatorAttributes, readPart: ReadPart): EstimatorDefinition {
  // Without its own fit, its `estimator` parameter is already fitted.
  const part = readPart(state.get("estimator_", "estimator"), `the estimator of ${state.type}`);
  const { name, method } = responseOf(state, part);
  const automatic = name === "predict_proba" ? 0.5 : 0;
  const threshold = state.get("threshold") === "auto" ? automatic : state.number("threshold");
  return thresholded(state, part, method, name, threshold, state.get("pos_label"));
}

function readTuned(state: EstimatorAttributes, readPart: ReadPart): EstimatorDefinition {
  const part = readPart(state.get("estimator_"), `the estimator of ${state.type}`);
  const { name, method } = responseOf(state, part);
  return thresholded(
    state,
    part,
    method,
    name,
    state.number("best_threshold_"),
    positiveLabel(state.get("_curve_scorer")),
  );
}

/** The scorer's own pos_label, by which the threshold was found. */
function positiveLabel(scorer: Value | undefined): Value | undefined {
  const keywords = scorer instanceof Instance ? scorer.attributes.get("_kwargs") : undefined;
  return keywords instanceof Dict ? (keywords.get("pos_label") ?? undefined) : undefined;
}

/** What the threshold is compared with: response_method, or by default the probabilities where they exist. */
function responseOf(
  state: EstimatorAttributes,
  { methods, type }: Estimator,
): { readonly name: MethodName; readonly method: ModelMethod } {
  const asked = state.get("response_method");
  const names: readonly MethodName[] = ["predict_proba", "decision_function"];
  for (const name of names) {
    const method = methods.get(name);
    if (method && (asked === "auto" || asked === name)) return { name, method };
  }
  throw state.inconsistent(`${type} inside it has none of the methods that the threshold needs`);
}

function thresholded(
  state: EstimatorAttributes,
  part: Estimator,
  method: ModelMethod,
  name: MethodName,
  threshold: number,
  positive: Value | undefined,
): EstimatorDefinition {
  const { classes } = part;
  if (classes?.length !== 2) throw state.inconsistent("its estimator has not two classes");
  const second = positive === undefined ? 1 : classes.indexOf(positive as Scalar);
  if (second < 0) throw state.inconsistent("pos_label is not one of its classes");
  const places = (table: Table) => {
    const numbers = numbersFrom(method, table);
    // decision_function favours the second class; with the first as the positive one its sign is turned.
    const scores =
      name === "predict_proba"
        ? Float64Array.from({ length: numbers.rows }, (_, row) => numbers.data[2 * row + second]!)
        : oneColumn(state, numbers).map((value) => (second === 1 ? value : -value));
    return scores.map((score) => (score >= threshold ? second : 1 - second));
  };
  return {
    ...part,
    version: state.version ?? part.version,
    inputs: withNamesOf(state, part.inputs),
    // A map keeps the place of a key that is set again: predict stays the first.
    methods: new Map([...part.methods, ["predict", labelsMethod(classes, places)]]),
    parameters: { threshold, estimator: part.type, ...part.parameters },
  };
}
