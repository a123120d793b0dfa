// FeatureAgglomeration: columns that are alike are pooled into one.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { rowTransformer } from "../../estimator/row-transformer.js";
import { Global, kindOf } from "../../pickle/values.js";

export const featureAgglomerationClass: EstimatorClass = {
  name: "FeatureAgglomeration",
  paths: ["sklearn.cluster._agglomerative", "sklearn.cluster.hierarchical"],
  read: readFeatureAgglomeration,
};

type Pool = (values: Float64Array) => number;

/** numpy adds the columns of a cluster in order: not pairwise, because the rows are its inner dimension. */
function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function largest(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, b));
}

function smallest(values: Float64Array): number {
  return values.reduce((a, b) => Math.min(a, b));
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** numpy's functions by their names in files. */
const pools: ReadonlyMap<string, Pool> = new Map<string, Pool>([
  ["mean", (values) => sum(values) / values.length],
  ["median", median],
  ["sum", sum],
  ["max", largest],
  ["amax", largest],
  ["min", smallest],
  ["amin", smallest],
]);

function readFeatureAgglomeration(attributes: EstimatorAttributes): EstimatorDefinition {
  const pool = readPool(attributes);
  const labels = attributes.numbers(["labels_"]);
  const clusters = columnsByLabel(attributes, labels);
  const values = clusters.map(({ length }) => new Float64Array(length));
  return rowTransformer(
    attributes,
    labels.length,
    clusters.length,
    (row, start, out, at) => {
      for (const [cluster, columns] of clusters.entries()) {
        const pooled = values[cluster]!;
        for (const [index, column] of columns.entries()) pooled[index] = row[start + column]!;
        out[at + cluster] = pool(pooled);
      }
    },
    "linkage",
  );
}

function readPool(attributes: EstimatorAttributes): Pool {
  const value = attributes.get("pooling_func");
  const pool = value instanceof Global && value.module.startsWith("numpy") ? pools.get(value.name) : undefined;
  if (!pool) {
    const shown = value instanceof Global ? `${value.module}.${value.name}` : kindOf(value);
    throw attributes.unsupported(
      `pooling_func ${shown} is not supported`,
      "Supported functions: numpy.mean, numpy.median, numpy.sum, numpy.max, numpy.min.",
    );
  }
  return pool;
}

/** The columns of each cluster, in the order of the clusters' numbers: from 0, without gaps. */
function columnsByLabel(attributes: EstimatorAttributes, labels: Float64Array): readonly (readonly number[])[] {
  const clusters = new Map<number, number[]>();
  for (const [column, label] of labels.entries()) {
    const columns = clusters.get(label);
    if (columns) columns.push(column);
    else clusters.set(label, [column]);
  }
  return Array.from({ length: clusters.size }, (_, label) => {
    const columns = clusters.get(label);
    if (!columns) throw attributes.inconsistent(`labels_ does not number ${clusters.size} clusters from 0`);
    return columns;
  });
}
