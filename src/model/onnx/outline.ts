// What goes into an ONNX model and what comes out, from its file alone:
// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto

import type { TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { printable } from "../pickle/text.js";
import { readMessage, textOf } from "./protobuf.js";

/** The types of tensors that tables are made of, by onnx.proto's TensorProto.DataType. */
const types: ReadonlyMap<number, TensorType> = new Map([
  [1, "float32"],
  [6, "int32"],
  [7, "int64"],
  [8, "string"],
  [9, "bool"],
  [11, "float64"],
]);

export type TensorType = "float32" | "float64" | "int32" | "int64" | "string" | "bool";

export interface Value {
  readonly name: string;
  /** Absent: no tensor (a list of maps), or one of a type that no table has. */
  readonly type: TensorType | undefined;
  /** Lengths; undefined where the file leaves one open. Absent: the file leaves the number of dimensions open. */
  readonly shape?: readonly (number | undefined)[];
}

/** An operation of the graph. */
export interface Node {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** AttributeProto messages. */
  readonly attributes: readonly Uint8Array[];
}

export interface Outline {
  readonly producer: string;
  readonly producerVersion: string;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly nodes: readonly Node[];
}

/** TensorProto.data_location: the numbers are in another file. */
const external = 1;

/** @throws ModelError "onnx-broken", "file-cut-short" */
export function readOutline(file: Uint8Array): Outline {
  const model = readMessage(file);
  const [graphBytes, ...others] = model.parts.get(7) ?? [];
  if (!graphBytes) throw broken("it has no graph");
  // onnxruntime would merge them.
  if (others.length > 0) throw broken("it has several graphs");
  const graph = readMessage(graphBytes);
  const constants = (graph.parts.get(5) ?? []).map(readMessage);
  if (constants.some(({ numbers }) => numbers.get(14) === external)) {
    throw new ModelError("onnx-broken", "ONNX model: some of its numbers are in another file", {
      hint: "Save it as one file: onnx.save(model, path, save_as_external_data=False).",
    });
  }
  // Before version 4 of the format, constants are among the inputs as well.
  const constantNames = new Set(constants.map(({ parts }) => textOf(parts.get(8)?.[0])));
  return {
    producer: printable(textOf(model.parts.get(2)?.[0]), 40),
    producerVersion: printable(textOf(model.parts.get(3)?.[0]), 40),
    inputs: (graph.parts.get(11) ?? []).map(readValue).filter(({ name }) => !constantNames.has(name)),
    outputs: (graph.parts.get(12) ?? []).map(readValue),
    nodes: (graph.parts.get(1) ?? []).map(readNode),
  };
}

function readNode(bytes: Uint8Array): Node {
  const { parts } = readMessage(bytes);
  return {
    operator: textOf(parts.get(4)?.[0]),
    inputs: (parts.get(1) ?? []).map(textOf),
    outputs: (parts.get(2) ?? []).map(textOf),
    attributes: parts.get(5) ?? [],
  };
}

function readValue(bytes: Uint8Array): Value {
  const value = readMessage(bytes);
  const tensorBytes = readMessage(value.parts.get(2)?.[0]).parts.get(1)?.[0];
  const name = textOf(value.parts.get(1)?.[0]);
  if (!tensorBytes) return { name, type: undefined };
  const tensor = readMessage(tensorBytes);
  const type = types.get(tensor.numbers.get(1) ?? 0);
  const shapeBytes = tensor.parts.get(2)?.[0];
  if (!shapeBytes) return { name, type };
  const lengths = readMessage(shapeBytes).parts.get(1) ?? [];
  return {
    name,
    type,
    // Zero or less is written for an open length too.
    shape: lengths.map((length) => {
      const fixed = readMessage(length).numbers.get(1);
      return fixed !== undefined && fixed > 0 && Number.isSafeInteger(fixed) ? fixed : undefined;
    }),
  };
}

function broken(message: string): TepalError {
  return new ModelError("onnx-broken", `ONNX model: ${message}`);
}
