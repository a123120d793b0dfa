// Encoders of feature_engine: a number for each category, columns for categories, and one name for rare ones.

import { unknownCategory } from "../core/cell-error.js";
import type { Scalar } from "../core/model.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../estimator/estimator.js";
import { isMissing, keyOf, LabelMap } from "../estimator/label-map.js";
import { Dict, type Value } from "../pickle/values.js";
import { type Change, cellwise, changedInPlace, dictOf, type InputColumn, labelsIn, tableNames } from "./cellwise.js";

export const encoderClasses: readonly EstimatorClass[] = [
  encoderClass("OrdinalEncoder", "ordinal", readNumberEncoder),
  encoderClass("MeanEncoder", "mean_encoding", readNumberEncoder),
  encoderClass("CountFrequencyEncoder", "count_frequency", readNumberEncoder),
  encoderClass("WoEEncoder", "woe", readNumberEncoder),
  encoderClass("OneHotEncoder", "one_hot", readOneHot),
  encoderClass("RareLabelEncoder", "rare_label", readRareLabels),
];

function encoderClass(name: string, module: string, read: EstimatorClass["read"]): EstimatorClass {
  return { name, module: "feature_engine.encoding", paths: [`feature_engine.encoding.${module}`], read };
}

export function readNumberEncoder(attributes: EstimatorAttributes): EstimatorDefinition {
  const unseen = attributes.get("unseen");
  const number = unseen === "encode" ? attributes.number("_unseen") : unseen === "ignore" ? Number.NaN : undefined;
  const missing = attributes.get("missing_values") === "ignore" && number !== undefined;
  const columns = new Map<Scalar, InputColumn>();
  const changes = new Map<Scalar, Change>();
  for (const [column, mapping] of columnEntries(attributes)) {
    const numbers = numbersOf(attributes, mapping);
    const { categories } = numbers;
    columns.set(column, { kind: "category", missing, categories, keepsMissing: missing && Number.isNaN(number) });
    changes.set(column, (cell, row, place) => {
      const known = numbers.get(cell) ?? number;
      if (known === undefined) throw unknownCategory(cell, row, place);
      return known;
    });
  }
  return cellwise(attributes, columns, changedInPlace(tableNames(attributes), changes));
}

/** Columns of 1 and 0 after those that are not encoded. */
function readOneHot(attributes: EstimatorAttributes): EstimatorDefinition {
  const columns = new Map<Scalar, InputColumn>();
  const added: { readonly from: Scalar; readonly change: Change }[] = [];
  const byColumn = new Map(columnEntries(attributes));
  for (const column of labelsIn(attributes, attributes.get("variables_"), "variables_")) {
    const categories = labelsIn(attributes, byColumn.get(column), "encoder_dict_");
    columns.set(column, { kind: "category", missing: false, categories, keepsMissing: false });
    for (const category of categories) {
      const key = keyOf(category);
      added.push({ from: column, change: (cell) => (keyOf(cell) === key ? 1 : 0) });
    }
  }
  const others = tableNames(attributes).filter((name) => !columns.has(name));
  return cellwise(attributes, columns, [...others.map((from) => ({ from })), ...added]);
}

function readRareLabels(attributes: EstimatorAttributes): EstimatorDefinition {
  const replacement = attributes.get("replace_with");
  if (typeof replacement !== "string" && typeof replacement !== "number")
    throw attributes.expected("a name for rare labels", ["replace_with"], replacement);
  const missing = attributes.get("missing_values") === "ignore";
  const columns = new Map<Scalar, InputColumn>();
  const changes = new Map<Scalar, Change>();
  for (const [column, frequent] of columnEntries(attributes)) {
    const labels = new Set(labelsIn(attributes, frequent, "encoder_dict_").map(keyOf));
    columns.set(column, { kind: "category", missing, keepsMissing: missing });
    changes.set(column, (cell) => (isMissing(cell) || labels.has(keyOf(cell)) ? cell : replacement));
  }
  return cellwise(attributes, columns, changedInPlace(tableNames(attributes), changes));
}

function columnEntries(attributes: EstimatorAttributes): readonly (readonly [Scalar, Value])[] {
  return Array.from(dictOf(attributes, "encoder_dict_"), ([column, value]) => {
    if (column !== null && typeof column === "object") throw attributes.inconsistent("encoder_dict_ is not by column");
    return [column, value] as const;
  });
}

function numbersOf(attributes: EstimatorAttributes, mapping: Value): LabelMap<number> {
  if (!(mapping instanceof Dict)) throw attributes.expected("a dict of numbers", ["encoder_dict_"], mapping);
  return new LabelMap(
    Array.from(mapping.entries, ([label, number]) => {
      if ((label !== null && typeof label === "object") || typeof number !== "number")
        throw attributes.inconsistent("encoder_dict_ is not a number for each category");
      return [label, number] as const;
    }),
  );
}
