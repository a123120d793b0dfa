// What pickles name of numpy. numpy 2 moved `numpy.core` to `numpy._core`.

import type { TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { type GlobalRow, instance } from "../pickle/allow-list.js";
import { latin1Bytes } from "../pickle/text.js";
import { type Call, Global, kindOf, type Value } from "../pickle/values.js";
import { DType, makeDType, typeCodes } from "./dtype.js";
import { scalarReader } from "./items.js";
import { NdArray, shapeOf } from "./ndarray.js";

// dill names the C module, where numpy up to 1.16 left its functions.
const multiarray = ["numpy.core.multiarray", "numpy._core.multiarray", "numpy.core._multiarray_umath"];
const numeric = ["numpy.core.numeric", "numpy._core.numeric"];

/** Groups of scalar types, and those that no supported array has. */
const selectedTypes = [
  "generic",
  "number",
  "integer",
  "signedinteger",
  "unsignedinteger",
  "inexact",
  "floating",
  "complexfloating",
  "flexible",
  "character",
  "datetime64",
  "timedelta64",
];

/** Subclasses of ndarray whose objects are read as arrays: the modules that files name. */
const arrayClasses: Readonly<Record<string, readonly string[]>> = {
  ndarray: ["numpy"],
  // What joblib.load returns with mmap_mode.
  memmap: ["numpy", "numpy.core.memmap", "numpy._core.memmap"],
  matrix: ["numpy", "numpy.matrixlib.defmatrix", "numpy.core.defmatrix"],
};

/** Whether a value names ndarray, or a subclass that is read as one. */
export function isArrayClass(value: Value | undefined): boolean {
  return (
    value instanceof Global &&
    Object.hasOwn(arrayClasses, value.name) &&
    (arrayClasses[value.name]?.includes(value.module) ?? false)
  );
}

/** An empty array; BUILD gives it dtype, shape and content. */
const reconstruct: Call = ([type]) => {
  if (!isArrayClass(type)) {
    throw broken(`An array of ${kindOf(type)} is not supported`);
  }
  return new NdArray();
};

/** Protocol 5: (bytes, dtype, shape, order) */
const fromBuffer: Call = ([content, dtype, shape, order]) => {
  if (!(content instanceof Uint8Array) || !(dtype instanceof DType)) {
    throw broken(`An array cannot be built from ${kindOf(content)} and ${kindOf(dtype)}`);
  }
  return NdArray.of(dtype, shapeOf(shape), order === "F", content);
};

/** A single number or string: (dtype, bytes), or (dtype, object) for dtype object. */
const scalar: Call = ([dtype, data]) => {
  if (!(dtype instanceof DType) || data === undefined) throw broken(`A scalar cannot be built from ${kindOf(dtype)}`);
  if (dtype.letter === "O") return data;
  if (["V", "M", "m"].includes(dtype.letter)) return NdArray.of(dtype, [], false, bytesOf(data));
  const bytes = bytesOf(data);
  if (bytes.length !== dtype.itemBytes)
    throw broken(`A scalar of ${dtype.itemBytes} bytes has ${bytes.length} bytes of data`);
  return scalarReader(dtype)(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0);
};

export const numpyGlobals: readonly GlobalRow[] = [
  ...Object.entries(arrayClasses).map(([name, modules]): GlobalRow => ({ modules, name })),
  { modules: ["numpy"], name: "dtype", call: makeDType, scanned: true },
  { modules: multiarray, name: "_reconstruct", call: reconstruct },
  { modules: multiarray, name: "scalar", call: scalar },
  { modules: numeric, name: "_frombuffer", call: fromBuffer },
  ...Object.keys(typeCodes).map((name): GlobalRow => ({ modules: ["numpy"], name })),
  // What make_column_selector selects columns by: dtype_include=numpy.number.
  ...selectedTypes.map((name): GlobalRow => ({ modules: ["numpy"], name })),
  // skops names the types of a dict's keys.
  ...["str_", "bytes_"].map((name): GlobalRow => ({ modules: ["numpy"], name })),

  // Functions of several numbers, which FeatureAgglomeration names. numpy's own modules are named before 1.17.
  ...["mean", "median", "sum", "max", "amax", "min", "amin"].map((name): GlobalRow => {
    return { modules: ["numpy", "numpy.core.fromnumeric", "numpy.lib.function_base"], name };
  }),

  // Random generators: kept whole, never looked into. No prediction needs one.
  ...["__randomstate_ctor", "__generator_ctor", "__bit_generator_ctor"].map((name): GlobalRow => {
    return { modules: ["numpy.random._pickle", "numpy.random"], name, call: instance };
  }),
  // Until numpy 1.16.
  { modules: ["numpy.random"], name: "__RandomState_ctor", call: instance },
  // Since numpy 1.24 the generator's class is named, before that its name was a string.
  { modules: ["numpy.random._mt19937"], name: "MT19937", call: instance },
  { modules: ["numpy.random._pcg64"], name: "PCG64", call: instance },
  { modules: ["numpy.random._pcg64"], name: "PCG64DXSM", call: instance },
  { modules: ["numpy.random._philox"], name: "Philox", call: instance },
  { modules: ["numpy.random._sfc64"], name: "SFC64", call: instance },
  { modules: ["numpy.random.bit_generator"], name: "SeedSequence", call: instance },
  { modules: ["numpy.random.bit_generator"], name: "__pyx_unpickle_SeedSequence", call: instance },

  // Kept by distributions of scipy.stats, from which a search drew its parameters.
  { modules: ["numpy", "numpy.lib.function_base", "numpy.lib._function_base_impl"], name: "vectorize", call: instance },
  // The results of a search.
  { modules: ["numpy.ma.core", "numpy.ma"], name: "MaskedArray", call: instance },
  { modules: ["numpy.ma.core", "numpy.ma"], name: "_mareconstruct", call: instance },
];

function bytesOf(value: Value): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string") return latin1Bytes(value);
  throw broken(`A scalar cannot be built from ${kindOf(value)}`);
}

function broken(message: string): TepalError {
  return new ModelError("numpy-broken", message);
}
