// Requests of MLflow's scoring server and of KServe's V1 protocol (and of TensorFlow Serving, from which it comes), all
// of which expect {"predictions": [...]}.
//   https://mlflow.org/docs/latest/deployment/deploy-model-locally
//   https://kserve.github.io/website/docs/concepts/architecture/data-plane/v1-protocol

import { readTable, type Signature } from "../../model/index.js";
import { FunctionError } from "../errors.js";
import { isObject, type JsonObject } from "../json.js";
import type { PredictionRequest } from "../prediction.js";
import { readOptions, resultJson } from "./options.js";

/** @throws FunctionError, ModelError "input-...", "method-unknown" */
export function readPredictions(request: JsonObject, signature: Signature): PredictionRequest {
  const { params } = request;
  // MLflow's models of scikit-learn read this parameter.
  const method = request.method ?? (isObject(params) ? params.predict_method : undefined);
  const options = readOptions({ ...request, method }, signature);
  return {
    table: readTable(rowsOf(request, signature), signature),
    methods: options.methods,
    respond: (predictions) => ({ body: `{"predictions":${resultJson(predictions, options, signature)}}` }),
  };
}

function rowsOf({ instances, inputs, dataframe_split, dataframe_records }: JsonObject, signature: Signature): unknown {
  if (instances !== undefined) return positional(listOf(instances, "instances"), signature);
  if (dataframe_records !== undefined) return positional(listOf(dataframe_records, "dataframe_records"), signature);
  if (dataframe_split !== undefined) return splitRows(dataframe_split, signature);
  return isObject(inputs) ? columnRows(inputs, signature) : positional(listOf(inputs, "inputs"), signature);
}

function listOf(value: unknown, key: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new FunctionError("input-form", `"${key}" must be a list of rows`);
}

/** pandas's `to_dict(orient="split")`. */
function splitRows(split: unknown, signature: Signature): unknown {
  if (!isObject(split) || !Array.isArray(split.data)) {
    throw new FunctionError("input-form", '"dataframe_split" must be an object with "columns" and "data"');
  }
  const { columns, data } = split;
  if (columns === undefined || columns === null || !signature.named) return data;
  if (!Array.isArray(columns)) throw new FunctionError("input-form", '"columns" must be a list of names');
  // Numbers are the names of a table that has none.
  if (columns.every((name) => typeof name === "number")) return data;
  return data.map((row: unknown, index) => {
    if (Array.isArray(row) && row.length === columns.length) {
      return Object.fromEntries(columns.map((name, column) => [String(name), row[column]]));
    }
    throw new FunctionError("input-form", `Row ${index + 1} of "data" must be a list of ${columns.length} values`);
  });
}

/** Columns by name, each a list with a value for every row. A value alone is a table of one row. */
function columnRows(columns: JsonObject, signature: Signature): unknown {
  const names = Object.keys(columns);
  const lists = Object.values(columns).map((value) => (Array.isArray(value) ? value : [value]));
  const rows = lists[0]?.length ?? 0;
  const uneven = names.findIndex((_, index) => lists[index]?.length !== rows);
  if (uneven >= 0) {
    const [first, other] = [JSON.stringify(names[0]), JSON.stringify(names[uneven])];
    throw new FunctionError("input-form", `${other} has ${lists[uneven]?.length} values, and ${first} has ${rows}`);
  }
  const objects = Array.from({ length: rows }, (_, row) =>
    // A tensor of shape (rows, 1) has its values in lists.
    Object.fromEntries(names.map((name, column) => [name, only(lists[column]?.[row])])),
  );
  return positional(objects, signature);
}

function only(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

/** A model without column names takes objects as pandas does: the columns are in the order of the first row's keys. */
function positional(rows: readonly unknown[], { named, features }: Signature): readonly unknown[] {
  const [first] = rows;
  if (named || features.length === 0 || features[0]?.kind === "json" || !isObject(first)) return rows;
  const names = Object.keys(first);
  return rows.map((row) => (isObject(row) ? names.map((name) => row[name]) : row));
}
