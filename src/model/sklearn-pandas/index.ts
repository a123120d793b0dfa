// sklearn-pandas: DataFrameMapper, and the pipeline of a column's transformers.

import type { EstimatorAttributes } from "../estimator/attributes.js";
import { accepts } from "../estimator/column-counts.js";
import type { EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../estimator/estimator.js";
import type { Family } from "../estimator/family.js";
import { Tuple, type Value } from "../pickle/values.js";
import { type ColumnsPart, columnwise } from "../sklearn/compose/index.js";
import { readPipeline } from "../sklearn/pipeline/index.js";

const pipelineClass: EstimatorClass = {
  name: "TransformerPipeline",
  module: "sklearn_pandas.pipeline",
  paths: ["sklearn_pandas.pipeline"],
  read: (attributes, readSubEstimator) => readPipeline(attributes, readSubEstimator),
};

const mapperClass: EstimatorClass = {
  name: "DataFrameMapper",
  module: "sklearn_pandas",
  paths: ["sklearn_pandas.dataframe_mapper"],
  read: readMapper,
};

export const family: Family = {
  module: "sklearn_pandas",
  classes: [mapperClass, pipelineClass],
  inertClasses: [],
};

/** Rows of one mapper. */
const rowsMax = 10_000;

/** DataFrameMapper._transform: the columns that its rows name, in the order in which they are named first. */
function readMapper(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const value = attributes.get("built_features", "features");
  if (!Array.isArray(value) || value.length === 0 || value.length > rowsMax)
    throw attributes.expected("a list of columns and transformers", ["features"], value);
  const other = attributes.get("built_default", "default");
  if (other !== false && other !== undefined) {
    throw attributes.unsupported(
      "it transforms the columns that its features do not name, and the file does not have their names",
      "Name all columns in its features, and create it with default=False.",
    );
  }
  const rows = value.map((item) => readRow(attributes, item));
  const names = [...new Set(rows.flatMap(({ columns }) => columns))];
  const places = new Map(names.map((name, place) => [name, place]));
  const parts = rows.map(({ columns, transformer }): ColumnsPart => {
    const part = { columns: columns.flatMap((name) => places.get(name) ?? []), weight: 1 };
    if (transformer === null) return part;
    const estimator = readSubEstimator(transformer, `the transformer of "${columns.join(", ").slice(0, 40)}"`);
    const transform = estimator.methods.get("transform");
    if (!transform) throw attributes.inconsistent(`${estimator.type} inside it does not transform`);
    if (!accepts(estimator, columns.length)) {
      throw attributes.inconsistent(
        `${estimator.type} inside it expects ${estimator.inputs.count} columns, got ${columns.length}`,
      );
    }
    return { ...part, estimator, transform };
  });
  return {
    ...columnwise(parts, names.length, names, attributes.get("sparse") === true),
    parameters: { features: rows.length },
  };
}

/** (columns, transformer) or (columns, transformer, options); one column may be a string. */
function readRow(
  attributes: EstimatorAttributes,
  item: Value,
): { readonly columns: readonly string[]; readonly transformer: Value } {
  const [columns, transformer] = item instanceof Tuple ? item.items : [];
  const names = typeof columns === "string" ? [columns] : columns;
  if (!Array.isArray(names) || names.length === 0 || transformer === undefined)
    throw attributes.inconsistent("a feature is not a tuple of columns and a transformer");
  const isNamed = (name: Value): name is string => typeof name === "string";
  if (!names.every(isNamed)) throw attributes.unsupported("it selects columns otherwise than by their names");
  return { columns: names, transformer };
}
