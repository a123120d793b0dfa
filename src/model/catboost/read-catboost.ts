// CatBoost's own model files: what save_model writes as .cbm and as JSON.

import { createModel } from "../core/create-model.js";
import type { Model, Scalar } from "../core/model.js";
import { type CatboostModel, readCatboostModel } from "./catboost-model.js";
import { classifierMethods, regressorMethods } from "./methods.js";

export function readCatboostCbm(file: Uint8Array): Model {
  return fileModel(readCatboostModel(file), "catboost");
}

export function readCatboostJson(file: Uint8Array): Model {
  return fileModel(readCatboostModel(file), "catboost-json");
}

/**
 * The file does not say which class saved it: a model with classes returns what CatBoostClassifier().load_model
 * returns, any other what CatBoostRegressor does.
 */
function fileModel(model: CatboostModel, format: string): Model {
  const { classes, version, features, named } = model;
  return createModel({
    signature: {
      format,
      type: `catboost.${classes ? "CatBoostClassifier" : "CatBoostRegressor"}`,
      libraries: version === undefined ? {} : { catboost: version },
      features,
      named,
      ...(classes && { classes }),
      parameters: modelParameters(model),
    },
    methods: classes ? classifierMethods(model, classes) : regressorMethods(model),
  });
}

export function modelParameters({ parameters, trees }: CatboostModel): Readonly<Record<string, Scalar>> {
  return { ...parameters, trees };
}
