// XGBoost's own model files: Booster.save_model and XGBClassifier.save_model, as JSON, as UBJSON, and in the binary
// format before 2.0.

import { createModel } from "../core/create-model.js";
import type { Feature, Model, Scalar } from "../core/model.js";
import { ModelError } from "../errors.js";
import type { Json } from "../json/fields.js";
import { readUbjson } from "../json/ubjson.js";
import { readBinary } from "./binary.js";
import { type Booster, readBooster } from "./booster.js";
import { boosterMethods } from "./methods.js";

/** JavaScript's strings have at most 2^29 characters. */
const jsonBytesMax = 1 << 28;

export function readXgboostJson(file: Uint8Array): Model {
  return boosterModel(readBooster(parseJson(file)), "xgboost-json");
}

export function readXgboostUbjson(file: Uint8Array): Model {
  return boosterModel(readBooster(readUbjson(file)), "xgboost-ubjson");
}

export function readXgboostBinary(file: Uint8Array): Model {
  return boosterModel(readBooster(readBinary(file)), "xgboost-binary");
}

/** @throws ModelError "xgboost-broken", "model-too-large" */
export function parseJson(file: Uint8Array): Json {
  if (file.length > jsonBytesMax) {
    throw new ModelError(
      "model-too-large",
      `An XGBoost model of ${file.length} bytes as JSON; the maximum is ${jsonBytesMax}`,
      {
        hint: "Save it as UBJSON: save_model with a name that ends in .ubj.",
      },
    );
  }
  const text = new TextDecoder().decode(file);
  try {
    // Splits by category have NaN for a threshold, which JSON does not know.
    return JSON.parse(
      text.replace(notJson, (_, before, sign, word) => before + (word === "NaN" ? "null" : `${sign}1e999`)),
    );
  } catch (cause) {
    throw new ModelError("xgboost-broken", "XGBoost model: the file is not JSON", { cause });
  }
}

const notJson = /([[,:]\s*)(-?)(NaN|Infinity|inf)(?=\s*[,\]}])/g;

/** As the class that saved it: labels for the scikit-learn wrapper, else what Booster.predict returns. */
function boosterModel(booster: Booster, format: string): Model {
  const classes = wrapsClassifier(booster) ? classNumbers(booster) : undefined;
  const trees = (booster.wrapper === undefined ? undefined : booster.bestTrees) ?? booster.trees;
  return createModel({
    signature: {
      format,
      type: booster.wrapper ? `xgboost.${classes ? "XGBClassifier" : "XGBRegressor"}` : "xgboost.Booster",
      libraries: booster.version === undefined ? {} : { xgboost: booster.version },
      features: boosterFeatures(booster),
      named: booster.names !== undefined,
      ...(classes && { classes }),
      parameters: boosterParameters(booster, trees),
    },
    methods: boosterMethods(booster, {
      missing: missingOf(booster),
      trees,
      wrapped: booster.wrapper !== undefined,
      ...(classes && { classes }),
    }),
  });
}

/** The attribute is JSON of Python's kind, with NaN in it; only two of its names matter. */
function wrapsClassifier({ wrapper, objective }: Booster): boolean {
  if (wrapper === undefined) return false;
  const [, kind] = /"(?:_estimator_type|type)": *"(\w+)"/.exec(wrapper) ?? [];
  return kind === undefined ? objective.classifies === true : /classifier$/i.test(kind);
}

/** What the wrapper took for a missing value. Versions from 2 on do not write it down. */
function missingOf({ wrapper }: Booster): number {
  const [, value] = /"missing": *(-?\d[\d.e+-]*)/.exec(wrapper ?? "") ?? [];
  return value === undefined ? Number.NaN : Math.fround(Number(value));
}

/** Labels that the wrapper requires to be numbers from 0 on. */
export function classNumbers({ groups, objective }: Booster): readonly Scalar[] {
  return Array.from({ length: objective.transform === "sigmoid" ? 2 : Math.max(2, groups) }, (_, label) => label);
}

export function boosterFeatures({ columns, names }: Booster): readonly Feature[] {
  return Array.from({ length: columns }, (_, index): Feature => {
    return { name: names?.[index] ?? `x${index}`, kind: "number", missing: true };
  });
}

export function boosterParameters(booster: Booster, trees: number): Readonly<Record<string, Scalar>> {
  return { objective: booster.objectiveName, booster: booster.boosterName, ...(trees > 0 && { trees }) };
}
