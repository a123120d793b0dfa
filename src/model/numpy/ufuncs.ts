// numpy's functions of one number that files name (FunctionTransformer, TransformedTargetRegressor).

import { ModelError } from "../errors.js";
import { exp } from "../math/exp.js";
import { expm1, tanh } from "../math/expm1.js";
import { log, log1p } from "../math/log.js";
import type { GlobalRow } from "../pickle/allow-list.js";
import { type Call, Global, kindOf, type Value } from "../pickle/values.js";

/** A function of a single value. */
type Ufunc = (x: number) => number;

const ufuncs: ReadonlyMap<string, Ufunc> = new Map<string, Ufunc>([
  ["exp", exp],
  ["expm1", expm1],
  ["log", log],
  ["log1p", log1p],
  ["log2", Math.log2],
  ["log10", Math.log10],
  ["sqrt", Math.sqrt],
  ["cbrt", Math.cbrt],
  ["square", (x) => x * x],
  ["absolute", Math.abs],
  ["fabs", Math.abs],
  ["negative", (x) => -x],
  ["positive", (x) => x],
  ["reciprocal", (x) => 1 / x],
  ["sign", Math.sign],
  ["floor", Math.floor],
  ["ceil", Math.ceil],
  ["trunc", Math.trunc],
  ["rint", roundHalfToEven],
  ["tanh", tanh],
  ["sin", Math.sin],
  ["cos", Math.cos],
  ["tan", Math.tan],
  ["arctan", Math.atan],
  ["sinh", Math.sinh],
  ["cosh", Math.cosh],
  ["arcsinh", Math.asinh],
  ["exp2", (x) => 2 ** x],
]);

export const ufuncNames: readonly string[] = [...ufuncs.keys()];

/** numpy 1 before 1.20: (module, name). */
const reconstruct: Call = ([module, name]) => {
  if (typeof module !== "string" || !module.startsWith("numpy") || typeof name !== "string" || !ufuncs.has(name)) {
    const shown = typeof name === "string" ? `numpy.${name.slice(0, 40)}` : kindOf(name);
    throw new ModelError(
      "numpy-broken",
      `The function ${shown} is not supported; supported functions: ${ufuncNames.join(", ")}`,
    );
  }
  return new Global("numpy", name);
};

export const ufuncGlobals: readonly GlobalRow[] = [
  { modules: ["numpy.core", "numpy._core"], name: "_ufunc_reconstruct", call: reconstruct },
  ...ufuncNames.map((name): GlobalRow => {
    return { modules: ["numpy", "numpy.core._multiarray_umath", "numpy._core._multiarray_umath"], name };
  }),
];

/** The function that a value of a file refers to; undefined where it is not one of these. */
export function ufuncOf(value: Value | undefined): Ufunc | undefined {
  return ufuncs.get(ufuncNameOf(value) ?? "");
}

/** The name of a function of numpy. */
export function ufuncNameOf(value: Value | undefined): string | undefined {
  return value instanceof Global && value.module.startsWith("numpy") ? value.name : undefined;
}

/** numpy.rint */
export function roundHalfToEven(x: number): number {
  const floor = Math.floor(x);
  if (x - floor !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}
