// LightGBM's scikit-learn interface inside pickles: Python's attributes around the model's text format.

import type { Scalar } from "../core/model.js";
import { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition, Importances } from "../estimator/estimator.js";
import { NdArray } from "../numpy/ndarray.js";
import { Instance } from "../pickle/values.js";
import { type Booster, readBooster } from "./booster.js";
import { splitImportances } from "./importances.js";
import { boosterMethods, type Classifier } from "./methods.js";
import { boosterParameters } from "./read-lightgbm.js";

export const lightgbmClasses: readonly EstimatorClass[] = [
  row("LGBMClassifier", "lightgbm.sklearn", (attributes) => readWrapper(attributes, true)),
  ...["LGBMRegressor", "LGBMRanker", "LGBMModel"].map((name) =>
    row(name, "lightgbm.sklearn", (attributes) => readWrapper(attributes, false)),
  ),
  row("Booster", "lightgbm.basic", (attributes) => {
    const booster = readHandle(attributes);
    return boosterEstimator(booster, roundsOf(attributes, booster));
  }),
];

function row(name: string, path: string, read: EstimatorClass["read"]): EstimatorClass {
  return { name, paths: [path], read };
}

function readWrapper(attributes: EstimatorAttributes, classifies: boolean): EstimatorDefinition {
  const value = attributes.get("_Booster");
  if (!(value instanceof Instance)) throw attributes.expected("a booster", ["_Booster"], value);
  const inner = new EstimatorAttributes(value, attributes.type);
  const booster = readHandle(inner);
  if (classifies && !booster.classifies)
    throw attributes.unsupported("it was trained with a custom objective, so its output is not probabilities");
  const rounds = roundsOf(inner, booster);
  const definition = boosterEstimator(
    booster,
    rounds,
    classifies
      ? { classes: readClasses(attributes, booster), hasDecisionFunction: hasDecisionFunction(attributes) }
      : undefined,
  );
  return { ...definition, importances: () => readImportances(attributes, inner, rounds) };
}

/** `feature_importances_` of the rounds that the model uses. */
function readImportances(attributes: EstimatorAttributes, inner: EstimatorAttributes, rounds: number): Importances {
  const kind = attributes.get("importance_type") ?? "split";
  if (kind !== "split" && kind !== "gain")
    throw attributes.unsupported("its importance_type is neither 'split' nor 'gain'");
  return { values: splitImportances(handleText(inner), rounds, kind), rows: 1 };
}

/**
 * LGBMClassifier has decision_function since 4.7, whose first trace in a file is this attribute: no file tells
 * LightGBM's version.
 */
function hasDecisionFunction(attributes: EstimatorAttributes): boolean {
  return attributes.get("_fitted_with_feature_names") !== undefined;
}

function boosterEstimator(booster: Booster, rounds: number, classifier?: Classifier): EstimatorDefinition {
  return {
    inputs: { count: booster.features.length, named: booster.named, missing: true, features: () => booster.features },
    ...(classifier && { classes: classifier.classes }),
    methods: boosterMethods(booster, rounds, classifier),
    parameters: boosterParameters(booster, rounds),
  };
}

function readHandle(attributes: EstimatorAttributes): Booster {
  return readBooster(handleText(attributes));
}

/** The model's text format; `handle` before 4.0. */
function handleText(attributes: EstimatorAttributes): string {
  return attributes.text("_handle", "handle");
}

/** Early stopping: the rounds after the best one, counted from 1, are not used. */
function roundsOf(attributes: EstimatorAttributes, { rounds }: Booster): number {
  const best = attributes.get("best_iteration");
  return typeof best === "number" && best > 0 ? Math.min(best, rounds) : rounds;
}

function readClasses(attributes: EstimatorAttributes, booster: Booster): readonly Scalar[] {
  const encoder = attributes.get("_le");
  const value =
    attributes.get("_classes") ?? (encoder instanceof Instance ? encoder.attributes.get("classes_") : undefined);
  if (!(value instanceof NdArray)) throw attributes.expected("a list of labels", ["_classes"], value);
  const classes = value.toScalars();
  const count = Math.max(2, booster.outputs);
  if (classes.length !== count)
    throw attributes.inconsistent(`it has ${classes.length} labels, and its booster ${count} classes`);
  return classes;
}
