// XGBoost's scikit-learn interface inside pickles: Python's attributes around a booster that XGBoost itself wrote.

import type { Scalar } from "../core/model.js";
import { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition, Importances } from "../estimator/estimator.js";
import type { Json } from "../json/fields.js";
import { readUbjson } from "../json/ubjson.js";
import { NdArray } from "../numpy/ndarray.js";
import { Instance } from "../pickle/values.js";
import { readBinary } from "./binary.js";
import { type Booster, readBooster } from "./booster.js";
import { importanceTypes, linearCoefficients, treeImportances } from "./importances.js";
import { boosterMethods } from "./methods.js";
import { boosterFeatures, boosterParameters, classNumbers, parseJson } from "./read-xgboost.js";

const classifiers = ["XGBClassifier", "XGBRFClassifier"];
const others = ["XGBRegressor", "XGBRFRegressor", "XGBRanker", "XGBModel"];

export const xgboostClasses: readonly EstimatorClass[] = [
  ...classifiers.map((name) => row(name, "xgboost.sklearn", (attributes) => readWrapper(attributes, true))),
  ...others.map((name) => row(name, "xgboost.sklearn", (attributes) => readWrapper(attributes, false))),
  row("Booster", "xgboost.core", (attributes) => {
    const booster = readHandle(attributes);
    return boosterEstimator(attributes, booster, booster.trees, Number.NaN);
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
  // Early stopping: the rounds after the best one are not used.
  const trees = booster.bestTrees ?? booster.trees;
  const given = attributes.get("missing");
  const missing = typeof given === "number" ? Math.fround(given) : Number.NaN;
  const classes = classifies ? readClasses(attributes, booster) : undefined;
  const definition = boosterEstimator(attributes, booster, trees, missing, classes);
  return { ...definition, importances: () => readImportances(attributes, inner, booster) };
}

/** `coef_`, which only gblinear has, or `feature_importances_` of all trees, also those after the best round. */
function readImportances(attributes: EstimatorAttributes, inner: EstimatorAttributes, booster: Booster): Importances {
  const document = documentIn(handleBytes(inner));
  if (booster.boosterName === "gblinear") return linearCoefficients(document, booster);
  const type = attributes.get("importance_type") ?? "gain";
  if (typeof type !== "string" || !importanceTypes.includes(type))
    throw attributes.unsupported(`its importance_type is not one of ${importanceTypes.join(", ")}`);
  return treeImportances(document, booster, type);
}

function boosterEstimator(
  attributes: EstimatorAttributes,
  booster: Booster,
  trees: number,
  missing: number,
  classes?: readonly Scalar[],
): EstimatorDefinition {
  return {
    ...(booster.version !== undefined && { libraries: { xgboost: booster.version } }),
    inputs: {
      count: booster.columns,
      named: booster.names !== undefined,
      missing: true,
      features: () => boosterFeatures(booster),
    },
    ...(classes && { classes }),
    methods: boosterMethods(booster, {
      missing,
      trees,
      wrapped: attributes.type !== "xgboost.Booster",
      ...(classes && { classes }),
    }),
    parameters: boosterParameters(booster, trees),
  };
}

/** The labels of the training data: before 1.6 an encoder has them; later ones must be numbers from 0 on. */
function readClasses(attributes: EstimatorAttributes, booster: Booster): readonly Scalar[] {
  const numbers = classNumbers(booster);
  const encoder = attributes.get("_le");
  const value =
    (encoder instanceof Instance ? encoder.attributes.get("classes_") : undefined) ?? attributes.get("classes_");
  const classes = value instanceof NdArray ? value.toScalars() : numbers;
  // Of several outputs, each has the labels 0 and 1.
  if (booster.groups > 1 && booster.objective.transform === "sigmoid") return classes;
  if (classes.length !== numbers.length)
    throw attributes.inconsistent(`it has ${classes.length} labels, and its booster ${numbers.length} classes`);
  return classes;
}

function readHandle(attributes: EstimatorAttributes): Booster {
  const booster = readBooster(documentIn(handleBytes(attributes)));
  if (booster.names) return booster;
  // Before 1.4 the model does not have the names of the columns, but the object around it does.
  const names = attributes.get("feature_names");
  if (!Array.isArray(names)) return booster;
  if (names.length !== booster.columns || !names.every((name) => typeof name === "string"))
    throw attributes.inconsistent(`feature_names is not a list of ${booster.columns} names`);
  return { ...booster, names };
}

function handleBytes(attributes: EstimatorAttributes): Uint8Array {
  const handle = attributes.get("handle");
  if (!(handle instanceof Uint8Array)) throw attributes.expected("a booster's bytes", ["handle"], handle);
  return handle;
}

/** JSON or UBJSON; before 1.1 the binary format. */
function documentIn(handle: Uint8Array): Json {
  if (handle[0] !== 0x7b) return readBinary(handle);
  return handle[1] === 0x22 ? parseJson(handle) : readUbjson(handle);
}
