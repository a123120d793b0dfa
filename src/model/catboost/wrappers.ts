// CatBoost's classes inside pickles: Python's parameters around a model in the .cbm format.

import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../estimator/estimator.js";
import { NdArray } from "../numpy/ndarray.js";
import { latin1Bytes } from "../pickle/text.js";
import { type CatboostModel, readCatboostModel } from "./catboost-model.js";
import { classifierMethods, rawMethods, regressorMethods } from "./methods.js";
import { modelParameters } from "./read-catboost.js";

export const catboostClasses: readonly EstimatorClass[] = [
  row("CatBoostClassifier", (model, attributes) => {
    const { classes } = model;
    if (!classes) throw attributes.unsupported("its model has no classes");
    return { classes, methods: classifierMethods(model, classes) };
  }),
  row("CatBoostRegressor", (model) => ({ methods: regressorMethods(model) })),
  row("CatBoostRanker", (model) => ({ methods: rawMethods(model) })),
  row("CatBoost", (model) => ({ methods: rawMethods(model) })),
];

type Own = Pick<EstimatorDefinition, "classes" | "methods">;

function row(name: string, methodsOf: (model: CatboostModel, attributes: EstimatorAttributes) => Own): EstimatorClass {
  return {
    name,
    paths: ["catboost.core"],
    read(attributes) {
      const model = readCatboostModel(modelBytes(attributes));
      const { features, named, version } = model;
      return {
        ...methodsOf(model, attributes),
        ...(version !== undefined && { libraries: { catboost: version } }),
        inputs: {
          count: features.length,
          named,
          missing: features.every(({ missing }) => missing),
          features: () => features,
        },
        parameters: modelParameters(model),
        importances: () => ({ values: storedImportances(attributes), rows: 1 }),
      };
    },
  };
}

/**
 * `feature_importances_`: what `fit` computed and stored. Python does not compute it for a model that was loaded from a
 * file, or that ranks groups.
 */
function storedImportances(attributes: EstimatorAttributes): Float64Array {
  const value = attributes.get("_prediction_values_change", "_loss_value_change");
  if (!(value instanceof NdArray || Array.isArray(value)))
    throw attributes.unsupported(
      "the file does not have its feature importances, by which a selector chooses columns",
      "Call get_feature_importance on the training data, and save the selector again.",
    );
  return value instanceof NdArray ? value.toNumbers() : Float64Array.from(value, Number);
}

/** The bytes of a .cbm file, which are a str in pickles of Python 2. An object that is not fitted has none. */
function modelBytes(attributes: EstimatorAttributes): Uint8Array {
  const value = attributes.get("__model");
  if (typeof value === "string") return latin1Bytes(value);
  if (!(value instanceof Uint8Array)) throw attributes.expected("a model's bytes", ["__model"], value);
  return value;
}
