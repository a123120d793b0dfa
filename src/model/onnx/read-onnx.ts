// ONNX models of tables: rows in, a label, numbers or probabilities out. What the model computes is onnxruntime's
// affair, in 32-bit floats mostly.

import type { TepalError } from "../../base/index.js";
import { methodUnknown } from "../core/create-model.js";
import type { Feature, Method, MethodName, Model, Output, Scalar, Signature, Table } from "../core/model.js";
import { ModelError } from "../errors.js";
import { exactInteger, printable } from "../pickle/text.js";
import { type Outline, readOutline, type TensorType, type Value } from "./outline.js";
import { loadRuntime, type OnnxRuntime, type Session, type Tensor, type TensorData } from "./runtime.js";

/** Operators that the signature shows. */
const operatorsShown = 8;

/** @throws ModelError "onnx-broken", "estimator-unsupported", "onnx-runtime-missing", "onnx-failed" */
export async function readOnnx(file: Uint8Array): Promise<Model> {
  const outline = readOutline(file);
  const columns = columnsOf(outline.inputs);
  const outputs = outputsOf(outline.outputs);
  const runtime = await loadRuntime();
  const session = await failing("onnxruntime rejected the model", () => runtime.InferenceSession.create(file));
  const signature = signatureOf(outline, columns, outputs);
  return {
    signature,
    async run(name, table) {
      const output = outputs.get(name);
      if (!output) throw methodUnknown(name, signature);
      const width = table.kind === "frame" ? table.columns.length : table.columns;
      if (width !== columns.length)
        throw new ModelError("input-width", `The table has ${width} columns; the model expects ${columns.length}`);
      return await runOutput(runtime, session, outline.inputs, output, name, table);
    },
  };
}

interface Column {
  readonly input: Value;
  readonly feature: Feature;
}

/** The columns of all inputs: one of many columns, or many of one. */
function columnsOf(inputs: readonly Value[]): readonly Column[] {
  if (inputs.length === 0) throw unsupported("it has no inputs");
  return inputs.flatMap((input) => {
    const { name, type, shape } = input;
    const shown = printable(name, 40);
    if (!type) throw unsupported(`its input "${shown}" is neither numbers nor strings`);
    if (shape.length > 2)
      throw unsupported(`its input "${shown}" has ${shape.length} dimensions, but only tables are supported`);
    if (shape[0] !== undefined) throw unsupported(`its input "${shown}" expects exactly ${shape[0]} rows`);
    const count = shape.length === 2 ? shape[1] : 1;
    if (count === undefined) throw unsupported(`its input "${shown}" does not declare its number of columns`);
    const isText = type === "string";
    return Array.from({ length: count }, (_, index): Column => {
      const named = inputs.length > 1 ? (count > 1 ? `${shown}_${index}` : shown) : `x${index}`;
      return { input, feature: { name: named, kind: isText ? "text" : "number", missing: type.startsWith("float") } };
    });
  });
}

/** Which output belongs to which method: by the names that the converters of scikit-learn, XGBoost and LightGBM use. */
function outputsOf(outputs: readonly Value[]): ReadonlyMap<MethodName, Value> {
  const found = new Map<MethodName, Value>();
  for (const output of outputs.filter(({ type }) => type !== undefined)) {
    const method: MethodName = /prob/i.test(output.name)
      ? "predict_proba"
      : /score|decision/i.test(output.name)
        ? "decision_function"
        : "predict";
    if (!found.has(method)) found.set(method, output);
  }
  if (found.size === 0) throw unsupported("none of its outputs is a tensor");
  return found;
}

function signatureOf(outline: Outline, columns: readonly Column[], outputs: ReadonlyMap<MethodName, Value>): Signature {
  const { producer, producerVersion, operators, inputs } = outline;
  return {
    format: "onnx",
    type: "ONNX model",
    libraries: producer === "" ? {} : { [producer]: producerVersion },
    features: columns.map(({ feature }) => feature),
    named: inputs.length > 1,
    methods: [...outputs].map(([name, { type, shape }]): Method => {
      const width = shape.length === 2 ? shape[1] : undefined;
      const isLabel = name === "predict" && (type === "int64" || type === "string");
      return {
        name,
        output: { kind: isLabel ? "label" : "number", ...(width !== undefined && width > 1 && { columns: width }) },
      };
    }),
    parameters: { operators: operators.slice(0, operatorsShown).join(", ") },
  };
}

async function runOutput(
  runtime: OnnxRuntime,
  session: Session,
  inputs: readonly Value[],
  output: Value,
  method: MethodName,
  table: Table,
): Promise<Output> {
  const feeds: Record<string, Tensor> = Object.create(null);
  let first = 0;
  for (const { name, type, shape } of inputs) {
    const count = shape.length === 2 ? shape[1]! : 1;
    const cells = cellsOf(table, first, count);
    const dims = shape.length === 2 ? [table.rows, count] : [table.rows];
    feeds[name] = new runtime.Tensor(type!, tensorData(type!, cells), dims);
    first += count;
  }
  const outputs = await failing("onnxruntime failed", () => session.run(feeds, [output.name]));
  const tensor = outputs[output.name];
  if (!tensor) throw new ModelError("onnx-failed", `onnxruntime gave no "${printable(output.name, 40)}"`);
  const data = Array.from<unknown, Scalar>(tensor.data, scalarOf);
  // Regressors return a column; a prediction is one value for each row.
  const isColumn = method === "predict" && tensor.dims.length === 2 && tensor.dims[1] === 1;
  return { shape: isColumn ? [tensor.dims[0]!] : tensor.dims, data };
}

/** Some columns of a table, row by row. */
function cellsOf(table: Table, first: number, count: number): readonly Scalar[] {
  const cells: Scalar[] = [];
  for (let row = 0; row < table.rows; row++) {
    for (let column = first; column < first + count; column++) cells.push(cellOf(table, row, column));
  }
  return cells;
}

function cellOf(table: Table, row: number, column: number): Scalar {
  switch (table.kind) {
    case "matrix":
      return table.data[row * table.columns + column]!;
    case "frame":
      return table.columns[column]![row]!;
    default:
      throw new ModelError("input-not-rows", "An ONNX model expects rows of values");
  }
}

function tensorData(type: TensorType, cells: readonly Scalar[]): TensorData {
  switch (type) {
    case "float32":
      return Float32Array.from(cells, numberOf);
    case "float64":
      return Float64Array.from(cells, numberOf);
    case "int32":
      return Int32Array.from(cells, wholeOf);
    case "int64":
      return BigInt64Array.from(cells, (cell) => BigInt(wholeOf(cell)));
    case "bool":
      return Uint8Array.from(cells, (cell) => (numberOf(cell) === 0 ? 0 : 1));
    case "string":
      return cells.map(String);
    default:
      return type satisfies never;
  }
}

function numberOf(cell: Scalar): number {
  return cell === null ? Number.NaN : Number(cell);
}

function wholeOf(cell: Scalar): number {
  const value = numberOf(cell);
  if (Number.isSafeInteger(value)) return value;
  throw new ModelError("input-not-a-number", `${String(cell)} is not an integer, which the model's column requires`);
}

function scalarOf(item: unknown): Scalar {
  if (typeof item === "bigint") return exactInteger(item);
  return typeof item === "string" || typeof item === "boolean" ? item : Number(item);
}

async function failing<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new ModelError("onnx-failed", `${what}: ${printable(said, 300)}`, { cause });
  }
}

function unsupported(message: string): TepalError {
  return new ModelError("estimator-unsupported", `ONNX model: ${message}`);
}
