// onnxruntime-node, which runs ONNX models: an optional package, loaded on demand.

import { ModelError } from "../errors.js";
import type { TensorType } from "./outline.js";

export type TensorData = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array | readonly string[];

export interface Tensor {
  readonly data: TensorData;
  readonly dims: readonly number[];
}

export interface Session {
  run(feeds: Readonly<Record<string, Tensor>>, fetches: readonly string[]): Promise<Readonly<Record<string, Tensor>>>;
}

/** The part of the package's interface that is used. */
export interface OnnxRuntime {
  readonly Tensor: new (type: TensorType, data: TensorData, dims: readonly number[]) => Tensor;
  readonly InferenceSession: { create(model: Uint8Array): Promise<Session> };
}

/**
 * `packageName` is a variable because bundlers and the compiler would look for the package.
 * @throws ModelError "onnx-runtime-missing"
 */
export async function loadRuntime(packageName = "onnxruntime-node"): Promise<OnnxRuntime> {
  let found: unknown;
  try {
    found = await import(packageName);
  } catch (cause) {
    throw new ModelError(
      "onnx-runtime-missing",
      "The file is an ONNX model, and the package onnxruntime-node, which runs it, is not installed",
      {
        hint: "ONNXRUNTIME_NODE_INSTALL_CUDA=skip npm install onnxruntime-node, in Tepal's directory or next to the function's bundle.",
        cause,
      },
    );
  }
  const runtime = isRuntime(found) ? found : isObject(found) && isRuntime(found.default) ? found.default : undefined;
  if (!runtime) throw new ModelError("onnx-runtime-missing", "The package onnxruntime-node has no InferenceSession");
  return runtime;
}

function isRuntime(found: unknown): found is OnnxRuntime {
  return isObject(found) && "InferenceSession" in found && "Tensor" in found;
}

function isObject(value: unknown): value is { readonly default?: unknown } {
  return typeof value === "object" && value !== null;
}
