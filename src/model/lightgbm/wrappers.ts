// LightGBM's scikit-learn interface inside pickles: Python's attributes around the model's text.

import type { Scalar } from "../core/model.js";
import { State } from "../estimator/attributes.js";
import type { Estimator, EstimatorClass } from "../estimator/estimator.js";
import { NdArray } from "../numpy/ndarray.js";
import { type GlobalRow, instance } from "../pickle/allow-list.js";
import { Instance } from "../pickle/values.js";
import { type Booster, readBooster } from "./booster.js";
import { boosterMethods } from "./methods.js";
import { boosterParameters } from "./read-lightgbm.js";

export const lightgbmClasses: readonly EstimatorClass[] = [
  row("LGBMClassifier", "lightgbm.sklearn", (state) => readWrapper(state, true)),
  ...["LGBMRegressor", "LGBMRanker", "LGBMModel"].map((name) =>
    row(name, "lightgbm.sklearn", (state) => readWrapper(state, false)),
  ),
  row("Booster", "lightgbm.basic", (state) => {
    const booster = readHandle(state);
    return boosterEstimator(state, booster, roundsOf(state, booster));
  }),
];

/** Labels' numbers, before LightGBM took scikit-learn's own. */
export const lightgbmParts: readonly GlobalRow[] = [
  { modules: ["lightgbm.compat"], name: "_LGBMLabelEncoder", call: instance },
  { modules: ["lightgbm.compat"], name: "LGBMLabelEncoder", call: instance },
];

function row(name: string, path: string, read: EstimatorClass["read"]): EstimatorClass {
  return { name, module: "lightgbm", paths: [path], read };
}

function readWrapper(state: State, classifies: boolean): Estimator {
  const value = state.get("_Booster");
  if (!(value instanceof Instance)) throw state.expected("a booster", ["_Booster"], value);
  const inner = new State(value, state.type);
  const booster = readHandle(inner);
  if (classifies && !booster.classifies)
    throw state.unsupported("it was trained with an objective of its own, whose answers are no probabilities");
  return boosterEstimator(
    state,
    booster,
    roundsOf(inner, booster),
    classifies ? readClasses(state, booster) : undefined,
  );
}

function boosterEstimator(state: State, booster: Booster, rounds: number, classes?: readonly Scalar[]): Estimator {
  return {
    type: state.type,
    version: undefined,
    inputs: { count: booster.features.length, named: booster.named, missing: true, features: () => booster.features },
    keepsMissing: false,
    ...(classes && { classes }),
    methods: boosterMethods(booster, rounds, classes),
    parameters: boosterParameters(booster, rounds),
  };
}

/** The text, as `handle` before 4.0. */
function readHandle(state: State): Booster {
  return readBooster(state.text("_handle", "handle"));
}

/** Early stopping: the rounds after the best one, counted from 1, do not answer. */
function roundsOf(state: State, { rounds }: Booster): number {
  const best = state.get("best_iteration");
  return typeof best === "number" && best > 0 ? Math.min(best, rounds) : rounds;
}

function readClasses(state: State, booster: Booster): readonly Scalar[] {
  const encoder = state.get("_le");
  const value = state.get("_classes") ?? (encoder instanceof Instance ? encoder.attributes.get("classes_") : undefined);
  if (!(value instanceof NdArray)) throw state.expected("a list of labels", ["_classes"], value);
  const classes = value.toScalars();
  const count = Math.max(2, booster.outputs);
  if (classes.length !== count)
    throw state.inconsistent(`it has ${classes.length} labels, and its booster ${count} classes`);
  return classes;
}
