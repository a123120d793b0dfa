// joblib.dump writes a pickle in which each numpy array is an object that describes it, followed at once by the array's
// bytes.

import type { Cursor, TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { DType } from "../numpy/dtype.js";
import { NdArray, shapeOf } from "../numpy/ndarray.js";
import { isArrayClass } from "../numpy/numpy-globals.js";
import { type GlobalRow, instance } from "../pickle/allow-list.js";
import { Inline } from "../pickle/unpickler.js";
import { Dict, kindOf, type Value } from "../pickle/values.js";
import { arrayFileNames, pickleModules } from "./array-files.js";

class NumpyArrayWrapper extends Inline {
  readonly kind = "joblib.numpy_pickle.NumpyArrayWrapper";
  #state = new Dict();

  override setState(state: Value): void {
    if (!(state instanceof Dict)) throw broken(`An array's description is ${kindOf(state)}`);
    this.#state = state;
  }

  override readContent(bytes: Cursor, nested: () => Value): Value {
    const subclass = this.#state.get("subclass");
    if (!isArrayClass(subclass)) throw broken(`An array of ${kindOf(subclass)} is not supported`);
    const dtype = this.#state.get("dtype");
    if (!(dtype instanceof DType)) throw broken(`An array's dtype is ${kindOf(dtype)}`);
    // joblib writes an array of Python objects as a separate pickle.
    if (dtype.letter === "O") return nested();

    const shape = shapeOf(this.#state.get("shape"));
    // Files of joblib 1.0 and before have no padding, and no such key.
    const alignment = this.#state.get("numpy_array_alignment_bytes");
    if (alignment !== undefined && alignment !== null) bytes.advance(bytes.uint8("a padding's length"), "padding");
    const length = shape.reduce((product, count) => product * count, dtype.itemBytes);
    return NdArray.of(dtype, shape, this.#state.get("order") === "F", bytes.take(length, "an array"));
  }
}

export const joblibGlobals: readonly GlobalRow[] = [
  {
    modules: pickleModules,
    name: "NumpyArrayWrapper",
    call: () => new NumpyArrayWrapper(),
    scanned: true,
  },
  // Of joblib before 0.10. What builds them depends on the files beside the pickle: array-files.ts.
  ...arrayFileNames.map((name): GlobalRow => ({ modules: pickleModules, name, call: instance })),
  // `memory` of a Pipeline or a FeatureAgglomeration: where training kept its results.
  { modules: ["joblib.memory", "sklearn.externals.joblib.memory"], name: "Memory", call: instance },
  { modules: ["joblib._store_backends"], name: "FileSystemStoreBackend", call: instance },
];

function broken(message: string): TepalError {
  return new ModelError("numpy-broken", message);
}
