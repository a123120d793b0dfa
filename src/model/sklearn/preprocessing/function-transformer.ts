import { matrixOf } from "../../core/matrix.js";
import type { Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { anyInputs, type Inputs, numberInputs } from "../../estimator/inputs.js";
import { transformTo } from "../../estimator/tables.js";
import { elementwiseNames, elementwiseOf } from "../../numpy/elementwise.js";
import { ufuncNames, ufuncOf } from "../../numpy/ufuncs.js";
import { Dict, Global, Instance } from "../../pickle/values.js";

export const functionTransformerClass: EstimatorClass = {
  name: "FunctionTransformer",
  paths: ["sklearn.preprocessing._function_transformer"],
  read: readFunctionTransformer,
};

/** A function of numpy on each number, or nothing at all. */
function readFunctionTransformer(attributes: EstimatorAttributes): EstimatorDefinition {
  const func = attributes.get("func");
  const value = attributes.get("kw_args");
  const options = value instanceof Dict && value.entries.size > 0 ? value : undefined;
  const apply = func === undefined || isCheckArray(func) ? undefined : (elementwiseOf(func, options) ?? ufuncOf(func));
  if (func !== undefined && !isCheckArray(func) && !apply) {
    const name = func instanceof Global ? `${func.module}.${func.name}` : "its function";
    throw attributes.unsupported(
      `${name} is not supported`,
      `Supported functions of numpy: ${[...ufuncNames, ...elementwiseNames].join(", ")}. Remove the step: transform the column before training and before each request.`,
    );
  }
  if (options && ufuncOf(func) === apply) throw attributes.unsupported("its function has arguments (kw_args)");
  const inputs = readInputs(attributes);
  const change = (table: Table): Table => {
    if (!apply) return table;
    if (table.kind === "sparse") return { ...table, data: table.data.map(apply) };
    const matrix = matrixOf(table);
    return { ...matrix, kind: "matrix", data: matrix.data.map(apply) };
  };
  return {
    inputs,
    keepsMissing: true,
    ...(apply === undefined && { unchanged: "all" }),
    methods: new Map([["transform", transformTo(inputs.count, change)]]),
    parameters: apply && func instanceof Global ? { func: `numpy.${func.name}` } : {},
  };
}

/** Histogram gradient boosting (1.4) puts check_array before its categories: it changes no number. */
function isCheckArray(func: unknown): boolean {
  return func instanceof Instance && func.global.name === "partial";
}

/** Up to 1.0 a file records no number of columns: then the steps before or after determine it. */
function readInputs(attributes: EstimatorAttributes): Inputs {
  if (attributes.get("n_features_in_") !== undefined)
    return numberInputs(attributes, attributes.number("n_features_in_"), true);
  return anyInputs(true);
}
