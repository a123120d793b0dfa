// Requests of the Open Inference Protocol (KServe V2, Triton Inference Server, MLServer): columns or a matrix as
// tensors. The names of its outputs are the model's methods.

import { type Feature, readMethod, readTable, type Scalar, type Signature, toJson } from "../../model/index.js";
import { FunctionError } from "../errors.js";
import { isObject, type JsonObject } from "../json.js";
import type { Prediction, PredictionRequest } from "../prediction.js";
import { datatypeOf, readTensor, type Tensor, tensorsOf } from "./tensors.js";

/** Whether the `inputs` of a request are tensors. MLflow has rows or columns under the same key. */
export function isTensorList(inputs: unknown): boolean {
  const isTensor = (value: unknown) => isObject(value) && "datatype" in value && "shape" in value;
  return Array.isArray(inputs) && inputs.length > 0 && inputs.every(isTensor);
}

/** The names that a response repeats. */
interface ModelId {
  readonly name: string;
  readonly version: string;
}

/** @throws FunctionError, ModelError "input-...", "method-unknown" */
export function readInference(request: JsonObject, signature: Signature, model?: ModelId): PredictionRequest {
  const { inputs, outputs, id } = request;
  if (!Array.isArray(inputs)) throw new FunctionError("input-tensor", '"inputs" must be a list of tensors');
  const tensors = inputs.map(readTensor);
  const methods = requestedMethods(outputs, signature);
  const requestId = typeof id === "string" ? { id } : {};
  const named = model === undefined ? {} : { model_name: model.name, model_version: model.version };
  return {
    table: readTable(rowsOf(tensors, signature), signature),
    methods,
    respond: (predictions) => ({ body: inferenceJson({ ...named, ...requestId }, predictions, signature) }),
  };
}

function requestedMethods(outputs: unknown, signature: Signature) {
  if (outputs === undefined || outputs === null) return [readMethod(undefined, signature)];
  if (!Array.isArray(outputs) || outputs.length === 0) {
    throw new FunctionError("input-tensor", '"outputs" must be a list of objects with the name of a method');
  }
  const names = outputs.map((output: unknown) => (isObject(output) ? (output.name ?? "") : output));
  return [...new Set(names.map((name: unknown) => readMethod(name, signature)))];
}

/** A matrix, or a tensor for each column. */
function rowsOf(tensors: readonly Tensor[], { features, named }: Signature): unknown[] {
  const [first, second] = tensors;
  if (!first) throw new FunctionError("input-tensor", '"inputs" has no tensor');
  const isColumn = tensors.length > 1 || (features.length === 1 && features[0]?.kind !== "number");
  if (!isColumn && !second) {
    const [rows = 0, columns = features.length === 1 ? 1 : undefined] = first.shape;
    if (columns === undefined) {
      const expected = features.length === 0 ? "columns" : String(features.length);
      throw new FunctionError("input-tensor", `The input must have the shape [rows, ${expected}]`);
    }
    return Array.from({ length: rows }, (_, row) => first.data.slice(row * columns, (row + 1) * columns));
  }
  const rows = first.shape[0] ?? 0;
  for (const { name, shape } of tensors) {
    if (shape[0] === rows && (shape[1] ?? 1) === 1) continue;
    throw new FunctionError("input-tensor", `Input ${JSON.stringify(name)} must have the shape [${rows}, 1]`);
  }
  const names = new Set(features.map(({ name }) => name));
  // Without recorded names, tensors with the names x0, x1, ... are in any order; others are in that of the columns.
  const byName = named || tensors.every(({ name }) => names.has(name));
  return byName ? rowsByName(tensors, rows, features) : rowsByPosition(tensors, rows);
}

function rowsByPosition(tensors: readonly Tensor[], rows: number): unknown[] {
  return Array.from({ length: rows }, (_, row) => tensors.map(({ data }) => data[row]));
}

function rowsByName(tensors: readonly Tensor[], rows: number, features: readonly Feature[]): unknown[] {
  const [only] = features;
  if (only && features.length === 1 && tensors.length === 1) return rowsByPosition(tensors, rows);
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const ordered = features.map(({ name, unused }) => {
    const tensor = byName.get(name);
    if (tensor || unused) return tensor;
    throw new FunctionError("input-tensor", `The request has no input ${JSON.stringify(name)}`);
  });
  if (tensors.some(({ name }) => !features.some((feature) => feature.name === name))) {
    const other = tensors.find(({ name }) => !features.some((feature) => feature.name === name))?.name ?? "";
    throw new FunctionError("input-tensor", `Input ${JSON.stringify(other)} is not a column of the model`);
  }
  return Array.from({ length: rows }, (_, row) => ordered.map((tensor) => tensor?.data[row] ?? null));
}

function inferenceJson(head: object, predictions: readonly Prediction[], signature: Signature): string {
  const outputs = predictions.flatMap(({ method, output }) => {
    const kind = signature.methods.find(({ name }) => name === method)?.output.kind ?? "number";
    return tensorsOf(method, output).map(({ name, output: { shape, data } }) => {
      const fields = JSON.stringify({ name, shape, datatype: datatypeOf(data, kind) }).slice(0, -1);
      return `${fields},"data":${toJson({ shape: [data.length], data })}}`;
    });
  });
  const fields = JSON.stringify(head).slice(1, -1);
  return `{${fields}${fields === "" ? "" : ","}"outputs":[${outputs.join(",")}]}`;
}

interface TensorMetadata {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
}

/** What the protocol's metadata says of the model's inputs and outputs; -1 is any size. */
export function tensorMetadata({ features, methods, classes = [] }: Signature): {
  readonly inputs: readonly TensorMetadata[];
  readonly outputs: readonly TensorMetadata[];
} {
  const isMatrix = features.every(({ kind }) => kind === "number");
  const inputs = isMatrix
    ? [{ name: "input", datatype: "FP64", shape: [-1, features.length || -1] }]
    : features.map((feature) => ({ name: feature.name, datatype: inputDatatype(feature), shape: [-1, 1] }));
  const outputs = methods.map(({ name, output: { kind, columns } }) => ({
    name,
    datatype: datatypeOf(kind === "label" ? classes : [], kind),
    shape: columns === undefined ? [-1] : [-1, columns === "any" ? -1 : columns],
  }));
  return { inputs, outputs };
}

function inputDatatype({ kind, categories = [] }: Feature): string {
  if (kind === "number") return "FP64";
  const values: readonly Scalar[] = categories.filter((category) => category !== null);
  return values.length > 0 ? datatypeOf(values, "label") : "BYTES";
}
