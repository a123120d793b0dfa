// joblib before 0.10 wrote each array to a file beside the pickle: model.pkl_01.npy, or with compression the array's
// bytes to model.pkl_01.npy.z. In the pickle is an object that names the file.

import type { Cursor } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { DType } from "../numpy/dtype.js";
import { NdArray, shapeOf } from "../numpy/ndarray.js";
import type { GlobalRow } from "../pickle/allow-list.js";
import { printable } from "../pickle/text.js";
import { Inline } from "../pickle/unpickler.js";
import { Dict, kindOf, Tuple, type Value } from "../pickle/values.js";

export const pickleModules: readonly string[] = ["joblib.numpy_pickle", "sklearn.externals.joblib.numpy_pickle"];
const [plainName, compressedName] = ["NDArrayWrapper", "ZNDArrayWrapper"] as const;
export const arrayFileNames: readonly string[] = [plainName, compressedName];

/** Names that an error lists. */
const shownMax = 30;

/** The files beside one pickle: an array, or the inflated bytes of one. */
export class ArrayFiles {
  readonly #files: ReadonlyMap<string, Value>;
  readonly #missing = new Set<string>();

  constructor(files: ReadonlyMap<string, Value>) {
    this.#files = files;
  }

  /** What a file contains; an empty array for one that is missing, so that all of them are found. */
  get(name: Value | undefined): Value {
    if (typeof name !== "string") throw broken(`An array's file name is ${kindOf(name)}`);
    const found = this.#files.get(name);
    if (found === undefined) this.#missing.add(name);
    return found ?? [];
  }

  /** The error that names all files that are missing. */
  missingError(): ModelError | undefined {
    const names = [...this.#missing].map((name) => printable(name, 80));
    const [first] = names;
    if (first === undefined) return undefined;
    const shown = names.slice(0, shownMax).join(", ") + (names.length > shownMax ? ", ..." : "");
    const pickle = first.replace(/_\d+\.npy(\.z)?$/, "");
    return new ModelError(
      "numpy-broken",
      `The file was saved by joblib before 0.10, and its arrays are in ${names.length} files beside it: ${shown}`,
      { hint: `Put them into one archive, and pass that: zip model.zip ${pickle} ${pickle}_*.npy*` },
    );
  }
}

class ArrayFile extends Inline {
  readonly kind = `joblib.numpy_pickle.${plainName}`;
  readonly #files: ArrayFiles;
  protected state = new Dict();

  constructor(files: ArrayFiles) {
    super();
    this.#files = files;
  }

  override setState(state: Value): void {
    if (!(state instanceof Dict)) throw broken(`An array's description is ${kindOf(state)}`);
    this.state = state;
  }

  override readContent(_bytes: Cursor, _nested: () => Value): Value {
    return this.arrayOf(this.#files.get(this.state.get("filename")));
  }

  protected arrayOf(content: Value): Value {
    return content;
  }
}

class CompressedArrayFile extends ArrayFile {
  /** Its `state` is numpy's (version, shape, dtype, whether column-major), without the bytes. */
  protected override arrayOf(content: Value): Value {
    if (!(content instanceof Uint8Array)) return content;
    const state = this.state.get("state");
    const [, shape, dtype, columnMajor] = state instanceof Tuple ? state.items : [];
    if (!(dtype instanceof DType) || dtype.letter === "O")
      throw broken(`A compressed array's dtype is ${kindOf(dtype)}`);
    return NdArray.of(dtype, shapeOf(shape), columnMajor === true || columnMajor === 1, content);
  }
}

/** The two classes, with the files that their objects name. */
export function arrayFileGlobals(files: ArrayFiles): readonly GlobalRow[] {
  return [
    { modules: pickleModules, name: plainName, call: () => new ArrayFile(files) },
    { modules: pickleModules, name: compressedName, call: () => new CompressedArrayFile(files) },
  ];
}

function broken(message: string): ModelError {
  return new ModelError("numpy-broken", message);
}
