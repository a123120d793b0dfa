// Tensors of the Open Inference Protocol (KServe V2): values in row-major order, as JSON or in the binary extension.
//   https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol
//   https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md

import type { Output, Scalar } from "../../model/index.js";
import { FunctionError } from "../errors.js";
import { isObject } from "../json.js";

export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major; as many values as the shape has. */
  readonly data: readonly unknown[];
}

/** A table has rows and columns; a column can be a tensor of shape (rows, 1). */
const dimensionsMax = 2;

type ReadValue = (bytes: DataView, offset: number) => unknown;

/**
 * How the binary extension writes a value of each datatype: its size in bytes, little-endian. BYTES has no fixed size.
 */
const datatypes: Readonly<Record<string, { readonly size: number; readonly read: ReadValue } | undefined>> = {
  BOOL: { size: 1, read: (view, at) => view.getUint8(at) !== 0 },
  UINT8: { size: 1, read: (view, at) => view.getUint8(at) },
  UINT16: { size: 2, read: (view, at) => view.getUint16(at, true) },
  UINT32: { size: 4, read: (view, at) => view.getUint32(at, true) },
  UINT64: { size: 8, read: (view, at) => Number(view.getBigUint64(at, true)) },
  INT8: { size: 1, read: (view, at) => view.getInt8(at) },
  INT16: { size: 2, read: (view, at) => view.getInt16(at, true) },
  INT32: { size: 4, read: (view, at) => view.getInt32(at, true) },
  INT64: { size: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  FP32: { size: 4, read: (view, at) => numberOrMissing(view.getFloat32(at, true)) },
  FP64: { size: 8, read: (view, at) => numberOrMissing(view.getFloat64(at, true)) },
};

/** NaN is numpy's missing value; JSON's is null. */
function numberOrMissing(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** @throws FunctionError "input-tensor" */
export function readTensor(value: unknown): Tensor {
  if (!isObject(value) || typeof value.name !== "string") throw broken('An input must be an object with "name"');
  const { name, shape, datatype, data } = value;
  const shown = `Input ${JSON.stringify(name.slice(0, nameCharactersMax))}`;
  if (!isShape(shape)) throw broken(`${shown}: "shape" must be a list of 1 or 2 sizes`);
  if (typeof datatype !== "string" || (datatype !== "BYTES" && !Object.hasOwn(datatypes, datatype))) {
    const known = [...Object.keys(datatypes), "BYTES"].join(", ");
    throw broken(`${shown}: "datatype" must be one of ${known}`);
  }
  if (!Array.isArray(data)) throw broken(`${shown} has no "data"`);
  const values = data.some(Array.isArray) ? data.flat(1) : data;
  const size = shape.reduce((product, each) => product * each, 1);
  if (values.length !== size) throw broken(`${shown} has ${values.length} values; its shape has ${size}`);
  return { name, shape, data: values };
}

/** A name in a message; longer ones are cut. */
const nameCharactersMax = 80;

function isShape(value: unknown): value is readonly number[] {
  const isSize = (size: unknown) => typeof size === "number" && Number.isSafeInteger(size) && size >= 1;
  return Array.isArray(value) && value.length >= 1 && value.length <= dimensionsMax && value.every(isSize);
}

/**
 * A request of the binary extension: JSON of `headerBytes` bytes, followed by the values of the inputs that have the
 * parameter `binary_data_size`. Returns it in the form without the extension.
 * @throws FunctionError "input-tensor", "input-not-json"
 */
export function withBinaryData(request: unknown, values: Uint8Array): unknown {
  if (!isObject(request) || !Array.isArray(request.inputs)) return request;
  let offset = 0;
  const inputs = request.inputs.map((input: unknown) => {
    const size = isObject(input) && isObject(input.parameters) ? input.parameters.binary_data_size : undefined;
    if (!isObject(input) || size === undefined) return input;
    if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0 || offset + size > values.length) {
      throw broken(`"binary_data_size" of an input is not the size of its values: ${JSON.stringify(size)}`);
    }
    const bytes = values.subarray(offset, offset + size);
    offset += size;
    return { ...input, data: binaryValues(bytes, input.datatype) };
  });
  return { ...request, inputs };
}

function binaryValues(bytes: Uint8Array, datatype: unknown): unknown[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (datatype === "BYTES") return stringsOf(bytes, view);
  const type = typeof datatype === "string" && Object.hasOwn(datatypes, datatype) ? datatypes[datatype] : undefined;
  if (!type) throw broken(`Binary data of datatype ${JSON.stringify(datatype)} is not supported`);
  if (bytes.length % type.size !== 0) throw broken(`${bytes.length} bytes are not values of ${type.size} bytes each`);
  return Array.from({ length: bytes.length / type.size }, (_, index) => type.read(view, index * type.size));
}

/** Strings in UTF-8, each after its length in 4 bytes. */
function stringsOf(bytes: Uint8Array, view: DataView): string[] {
  const found: string[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const start = offset + 4;
    const end = start <= bytes.length ? start + view.getUint32(offset, true) : Number.POSITIVE_INFINITY;
    if (end > bytes.length) throw broken("Binary data of datatype BYTES ends inside of a string");
    found.push(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8"));
    offset = end;
  }
  return found;
}

function broken(message: string): FunctionError {
  return new FunctionError("input-tensor", message);
}

/** The datatype of results: integers and labels as INT64, other numbers as FP64. */
export function datatypeOf(data: ArrayLike<Scalar>, kind: string): string {
  const types = new Set<string>();
  for (let index = 0; index < data.length; index++) {
    const value = data[index];
    if (value !== null) types.add(typeof value === "number" && !Number.isSafeInteger(value) ? "float" : typeof value);
  }
  if (types.has("string")) return "BYTES";
  if (types.has("boolean")) return "BOOL";
  if (types.has("bigint")) return "INT64";
  if (kind === "label" && types.has("number") && !types.has("float")) return "INT64";
  return kind === "text" ? "BYTES" : "FP64";
}

/** Results whose parts may differ in shape are one tensor for each part. */
export function tensorsOf(name: string, output: Output): readonly { readonly name: string; readonly output: Output }[] {
  if (!output.parts) return [{ name, output }];
  return output.parts.flatMap((part, index) => tensorsOf(`${name}_${index}`, part));
}
