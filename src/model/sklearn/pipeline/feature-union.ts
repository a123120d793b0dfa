import type { ModelMethod } from "../../core/create-model.js";
import type { Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { accepts, columnsAfter, knownInputs } from "../../estimator/column-counts.js";
import {
  type Estimator,
  type EstimatorClass,
  type EstimatorDefinition,
  keepsAnyMissing,
  type ReadSubEstimator,
} from "../../estimator/estimator.js";
import { featureNames } from "../../estimator/inputs.js";
import { mergeInputs } from "../../estimator/merge-inputs.js";
import { scaleTable, sideBySide, tableFrom, transformTo } from "../../estimator/tables.js";
import { unchangedOf } from "../../estimator/unchanged-columns.js";
import { Dict, Tuple } from "../../pickle/values.js";

export const featureUnionClass: EstimatorClass = {
  name: "FeatureUnion",
  paths: ["sklearn.pipeline"],
  read: readFeatureUnion,
};

const partsMax = 10_000;

interface Part {
  readonly name: string;
  readonly estimator?: Estimator;
  readonly transform?: ModelMethod;
  readonly weight: number;
}

/** Every part transforms the whole table; the results are concatenated. */
function readFeatureUnion(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const parts = readTransformers(attributes, readSubEstimator);
  const estimators = parts.flatMap(({ estimator }) => (estimator ? [estimator] : []));
  const counts = estimators.flatMap(({ inputs }) => (inputs.count === "any" ? [] : [inputs.count]));
  const count = counts[0] ?? attributes.number("n_features_in_");
  for (const estimator of estimators) {
    if (!accepts(estimator, count))
      throw attributes.inconsistent(`a ${estimator.type} expects ${estimator.inputs.count} of ${count} columns`);
  }
  const all = Array.from({ length: count }, (_, column) => column);
  const unchanged = new Map<number, number>();
  let width = 0;
  for (const { estimator, weight } of parts) {
    const passed = estimator ? estimator.unchanged : "all";
    if (weight === 1) for (const [column, from] of unchangedOf(passed, all, width)) unchanged.set(column, from);
    width += estimator ? columnsAfter(estimator, count) : count;
  }
  const transform = (table: Table): Table => {
    const done = parts.map(({ transform: change, weight }) =>
      scaleTable(change ? tableFrom(change, table) : table, weight),
    );
    return sideBySide(
      done,
      table.rows,
      done.some(({ kind }) => kind === "sparse"),
    );
  };
  const names = featureNames(attributes, count) ?? namesOf(estimators);
  return {
    inputs: mergeInputs(
      estimators.map(({ inputs }) => ({ inputs: knownInputs(inputs, count), columns: all })),
      count,
      names,
    ),
    keepsMissing: parts.some(({ estimator }) => !estimator || keepsAnyMissing(estimator)),
    unchanged,
    methods: new Map([["transform", transformTo(width, transform)]]),
    parameters: { transformers: parts.map(({ name }) => name).join(", ") },
  };
}

function namesOf(estimators: readonly Estimator[]): readonly string[] | undefined {
  const named = estimators.find(({ inputs }) => inputs.named);
  return named?.inputs.features().map(({ name }) => name);
}

function readTransformers(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): readonly Part[] {
  const list = attributes.get("transformer_list");
  if (!Array.isArray(list) || list.length > partsMax)
    throw attributes.expected("a list of transformers", ["transformer_list"], list);
  const weights = attributes.get("transformer_weights");
  return list.flatMap((item): readonly Part[] => {
    const [name, part] = item instanceof Tuple ? item.items : Array.isArray(item) ? item : [];
    if (typeof name !== "string" || part === undefined)
      throw attributes.inconsistent("a transformer is not a name and an estimator");
    if (part === "drop" || part === null) return [];
    const weight = weights instanceof Dict ? (weights.get(name) ?? 1) : 1;
    if (typeof weight !== "number") throw attributes.inconsistent(`the weight of "${name}" is not a number`);
    if (part === "passthrough") return [{ name, weight }];
    const estimator = readSubEstimator(part, `the transformer "${name}" of a FeatureUnion`);
    const transform = estimator.methods.get("transform");
    if (!transform) throw attributes.inconsistent(`"${name}", a ${estimator.type}, does not transform`);
    return [{ name, estimator, transform, weight }];
  });
}
