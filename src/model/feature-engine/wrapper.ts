// feature_engine's SklearnTransformerWrapper: a transformer of scikit-learn for some columns of a table.

import type { EstimatorAttributes } from "../estimator/attributes.js";
import {
  type EstimatorClass,
  type EstimatorDefinition,
  keepsMissingIn,
  type ReadSubEstimator,
} from "../estimator/estimator.js";
import { methodOf } from "../estimator/meta-estimator.js";
import { columnOf, tableFrom, widthOf } from "../estimator/tables.js";
import { Instance } from "../pickle/values.js";
import { type ComputedColumns, cellwise, type InputColumn, labelsIn, tableNames } from "./cellwise.js";
import { variablesOf } from "./numbers.js";

export const wrapperClass: EstimatorClass = {
  name: "SklearnTransformerWrapper",
  module: "feature_engine.wrappers",
  paths: ["feature_engine.wrappers.wrappers"],
  read: readWrapper,
};

/** Transformers whose result follows the other columns. */
const creators = ["OneHotEncoder", "PolynomialFeatures"];

function readWrapper(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const variables = variablesOf(attributes);
  const names = tableNames(attributes);
  if (attributes.get("features_to_drop_") !== undefined) {
    const dropped = new Set(labelsIn(attributes, attributes.get("features_to_drop_"), "features_to_drop_"));
    const kept = names.filter((name) => !dropped.has(name));
    return cellwise(
      attributes,
      new Map(),
      kept.map((from) => ({ from })),
    );
  }
  const value = attributes.get("transformer_");
  const inner = readSubEstimator(value, `the transformer of a ${attributes.type}`);
  if (inner.inputs.count !== variables.length && inner.inputs.count !== "any")
    throw attributes.inconsistent(`${inner.type} expects ${inner.inputs.count} of ${variables.length} columns`);
  const features = inner.inputs.features();
  const columns = new Map(
    variables.map((name, index): [typeof name, InputColumn] => {
      const { kind, missing, categories } = features[index] ?? { kind: "number", missing: inner.inputs.missing };
      return [name, { kind, missing, ...(categories && { categories }), keepsMissing: keepsMissingIn(inner, index) }];
    }),
  );
  const others = names.filter((name) => !columns.has(name));
  const method = methodOf(attributes, inner, "transform");
  const isCreator = value instanceof Instance && creators.includes(value.global.name);
  const width = isCreator ? method.output.columns : variables.length;
  if (typeof width !== "number") throw attributes.unsupported(`the number of columns of ${inner.type} is not known`);
  const block: ComputedColumns = {
    reads: variables,
    width,
    compute(table) {
      const result = tableFrom(method, table);
      if (widthOf(result) !== width) throw attributes.inconsistent(`${inner.type} does not return ${width} columns`);
      return Array.from({ length: width }, (_, column) => columnOf(result, column));
    },
  };
  const kept = others.map((from) => ({ from }));
  if (isCreator) return cellwise(attributes, columns, [...kept, block]);
  const order = names.map((name) => {
    const place = variables.indexOf(name);
    return place < 0 ? others.indexOf(name) : others.length + place;
  });
  return cellwise(attributes, columns, [...kept, block], order);
}
