// CatBoost's JSON format: what save_model(format="json") writes.

import { ModelError } from "../errors.js";
import { Fields, type Json } from "../json/fields.js";
import { asCatboostReads } from "./json-numbers.js";
import { readJsonTrees } from "./json-trees.js";
import {
  broken,
  type Combination,
  type CtrFeature,
  type CtrTable,
  type CtrType,
  combinationKey,
  ctrTypes,
  type FloatFeature,
  featuresUnsupported,
  type ModelParts,
  type OneHotFeature,
} from "./parts.js";

/** JavaScript's strings have at most 2^29 characters. */
const jsonBytesMax = 1 << 28;

/** What a missing value counts as. */
const treatments: ReadonlyMap<string, number> = new Map([
  ["AsIs", Number.NaN],
  ["AsFalse", Number.NEGATIVE_INFINITY],
  ["AsTrue", Number.POSITIVE_INFINITY],
]);

/** @throws ModelError "catboost-broken", "model-too-large" */
export function readJson(file: Uint8Array): ModelParts {
  const model = new Fields(parse(file), "", broken);
  const features = model.fields("features_info");
  for (const kind of ["text", "embedding"] as const) {
    if (objects(features, `${kind}_features`).length > 0) throw featuresUnsupported(kind);
  }
  const categories = objects(features, "categorical_features");
  const scaleAndBias = model.get("scale_and_bias") === undefined ? [1, []] : model.list("scale_and_bias");
  const bias = new Fields({ bias: scaleAndBias[1] ?? null }, "scale_and_bias", broken).numbers("bias");
  const scale = new Fields({ scale: scaleAndBias[0] ?? null }, "scale_and_bias", broken).number("scale");
  const { dimension, trees } = readJsonTrees(model);
  return {
    dimension: dimension ?? Math.max(bias.length, 1),
    floats: objects(features, "float_features").map(readFloatFeature),
    categories: categories.map(readColumn),
    oneHots: categories.flatMap(readOneHots),
    ctrs: objects(features, "ctrs").map(readCtrFeature),
    ctrTables: readCtrTables(model),
    trees,
    scale: asCatboostReads(scale),
    bias: Array.from(bias, asCatboostReads),
    info: readInfo(model),
  };
}

function parse(file: Uint8Array): Json {
  if (file.length > jsonBytesMax) {
    throw new ModelError(
      "model-too-large",
      `A CatBoost model of ${file.length} bytes as JSON; the maximum is ${jsonBytesMax}`,
      { hint: "Save it with save_model to a name that ends in .cbm." },
    );
  }
  return parseText(new TextDecoder().decode(file), "the file");
}

function parseText(text: string, what: string): Json {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ModelError("catboost-broken", `CatBoost model: ${what} is not JSON`, { cause });
  }
}

function objects(parent: Fields, name: string): readonly Fields[] {
  if (parent.get(name) === undefined || parent.get(name) === null) return [];
  return parent.list(name).map((value, index) => new Fields(value, `${name}[${index}]`, broken));
}

function readColumn(feature: Fields) {
  return {
    index: feature.count("feature_index"),
    column: feature.count("flat_feature_index"),
    name: feature.get("feature_id") === undefined ? "" : feature.text("feature_id"),
  };
}

function readFloatFeature(feature: Fields): FloatFeature {
  const missing = treatments.get(feature.text("nan_value_treatment"));
  if (missing === undefined) throw broken(`${feature.path}.nan_value_treatment is unknown`);
  return {
    ...readColumn(feature),
    borders: floats(feature, "borders"),
    missing: feature.get("has_nans") === true ? missing : Number.NaN,
  };
}

function readOneHots(feature: Fields): readonly OneHotFeature[] {
  if (feature.get("values") === undefined) return [];
  return [{ category: feature.count("feature_index"), hashes: feature.numbers("values") }];
}

function readCtrFeature(feature: Fields): CtrFeature {
  const combination = readCombination(feature, "elements");
  const type = readType(feature, "ctr_type");
  return {
    combination,
    type,
    table: combinationKey(combination, type, 0),
    targetBorder: feature.count("target_border_idx"),
    priorNumerator: Math.fround(feature.number("prior_numerator")),
    priorDenominator: Math.fround(feature.number("prior_denomerator")),
    shift: Math.fround(feature.number("shift")),
    scale: Math.fround(feature.number("scale")),
    borders: floats(feature, "borders"),
  };
}

function readType(fields: Fields, name: string): CtrType {
  const type = ctrTypes.find((known) => known === fields.text(name));
  if (!type) throw broken(`${fields.path}.${name} is unknown`);
  return type;
}

function readCombination(parent: Fields, name: string): Combination {
  const categories: number[] = [];
  const floatSplits: (readonly [number, number])[] = [];
  const oneHotSplits: (readonly [number, number])[] = [];
  for (const element of objects(parent, name)) {
    const kind = element.text("combination_element");
    if (kind === "cat_feature_value") categories.push(element.count("cat_feature_index"));
    else if (kind === "float_feature")
      floatSplits.push([element.count("float_feature_index"), Math.fround(asCatboostReads(element.number("border")))]);
    else oneHotSplits.push([element.count("cat_feature_index"), element.number("value")]);
  }
  return { categories, floatSplits, oneHotSplits };
}

/** The names of the tables are JSON themselves. */
function readCtrTables(model: Fields): ReadonlyMap<string, CtrTable> {
  const tables = new Map<string, CtrTable>();
  const data = model.optionalFields("ctr_data");
  for (const name of data?.names ?? []) {
    const identifier = new Fields(parseText(name, "the name of statistics"), "ctr_data", broken);
    const type = readType(identifier, "type");
    const table = new Fields(data?.get(name), "ctr_data", broken);
    tables.set(combinationKey(readCombination(identifier, "identifier"), type, 0), readCtrTable(table, type));
  }
  return tables;
}

/** A list of hashes as decimal strings, each followed by its numbers. */
function readCtrTable(table: Fields, type: CtrType): CtrTable {
  const width = table.count("hash_stride");
  const items = table.list("hash_map");
  const isMean = type === "BinarizedTargetMeanValue" || type === "FloatTargetMeanValue";
  const isCount = type === "Counter" || type === "FeatureFreq";
  if (items.length % width !== 0 || width < (isCount ? 2 : 3) || (isMean && width !== 3))
    throw broken(`${items.length} statistics of ${width} values`);
  const stride = width - 1;
  const rows = new Map<bigint, number>();
  const values = new Float64Array((items.length / width) * stride);
  for (let row = 0; row < items.length / width; row++) {
    const hash = items[row * width];
    if (typeof hash !== "string" || !/^\d{1,20}$/.test(hash)) throw broken("statistics without a hash");
    rows.set(BigInt(hash), row);
    for (let index = 0; index < stride; index++) {
      const value = items[row * width + 1 + index];
      if (typeof value !== "number") throw broken("statistics that are not numbers");
      // CatBoost reads sums as integers, and any other number as 0: its predictions differ from those of a .cbm file.
      values[row * stride + index] = Number.isInteger(value) ? value : 0;
    }
  }
  return {
    rowOf: (hash) => rows.get(hash) ?? -1,
    values,
    stride,
    denominator: table.number("counter_denominator", 0),
  };
}

function readInfo(model: Fields): ReadonlyMap<string, Json> {
  const info = model.optionalFields("model_info");
  return new Map(info?.names.map((name): [string, Json] => [name, info.get(name) ?? null]));
}

/** CatBoost writes null for an empty list. */
function floats(fields: Fields, name: string): Float32Array {
  return fields.get(name) === null
    ? new Float32Array()
    : Float32Array.from(Array.from(fields.numbers(name), asCatboostReads));
}
