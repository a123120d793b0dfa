// numpy's functions of one number with arguments, which FunctionTransformer names with kw_args.

import type { GlobalRow } from "../pickle/allow-list.js";
import { type Dict, Global, type Value } from "../pickle/values.js";
import { roundHalfToEven } from "./ufuncs.js";

type NumberFunction = (x: number) => number;

/** The arguments of a call by their names. */
type Arguments = ReadonlyMap<Value, Value>;

/** Returns the function with its arguments, or undefined where they are not numbers. */
type Bind = (options: Arguments) => NumberFunction | undefined;

const clip: Bind = (options) => {
  const low = numberOr(options, Number.NEGATIVE_INFINITY, "a_min", "min");
  const high = numberOr(options, Number.POSITIVE_INFINITY, "a_max", "max");
  if (low === undefined || high === undefined) return undefined;
  return (x) => Math.min(Math.max(x, low), high);
};

const round: Bind = (options) => {
  const decimals = numberOr(options, 0, "decimals");
  return decimals === undefined || !Number.isInteger(decimals) ? undefined : roundTo(decimals);
};

/** numpy.round: scaled by a power of ten, rounded half to even, scaled back. */
export function roundTo(decimals: number): NumberFunction {
  if (decimals === 0) return roundHalfToEven;
  const scale = 10 ** Math.abs(decimals);
  return decimals < 0 ? (x) => roundHalfToEven(x / scale) * scale : (x) => roundHalfToEven(x * scale) / scale;
}

const nanToNum: Bind = (options) => {
  const nan = numberOr(options, 0, "nan");
  const positive = numberOr(options, Number.MAX_VALUE, "posinf");
  const negative = numberOr(options, -Number.MAX_VALUE, "neginf");
  if (nan === undefined || positive === undefined || negative === undefined) return undefined;
  return (x) => {
    if (Number.isNaN(x)) return nan;
    if (x === Number.POSITIVE_INFINITY) return positive;
    return x === Number.NEGATIVE_INFINITY ? negative : x;
  };
};

const functions: ReadonlyMap<string, Bind> = new Map([
  ["clip", clip],
  ["round", round],
  ["round_", round],
  ["around", round],
  ["nan_to_num", nanToNum],
]);

const argumentNames: ReadonlySet<Value> = new Set([
  ..."a_min min a_max max decimals nan posinf neginf".split(" "),
  // It says whether the array itself is changed.
  "copy",
]);

/** Modules that files name for these functions, over numpy's versions. */
const modules = ["numpy", "numpy.core.fromnumeric", "numpy.lib.type_check", "numpy.lib._type_check_impl"];

export const elementwiseNames: readonly string[] = [...functions.keys()];

export const elementwiseGlobals: readonly GlobalRow[] = elementwiseNames.map((name) => ({ modules, name }));

/**
 * The function of one number that a value of a file refers to, with its arguments; undefined where it is not one of
 * these, or has other arguments.
 */
export function elementwiseOf(value: Value | undefined, options: Dict | undefined): NumberFunction | undefined {
  const bind = value instanceof Global && modules.includes(value.module) ? functions.get(value.name) : undefined;
  const entries: Arguments = options?.entries ?? new Map();
  return [...entries.keys()].every((name) => argumentNames.has(name)) ? bind?.(entries) : undefined;
}

/** The first of these arguments; `missing` where it is not given or None; undefined where it is not a number. */
function numberOr(options: Arguments, missing: number, ...names: readonly string[]): number | undefined {
  const name = names.find((each) => options.has(each));
  const value = name === undefined ? undefined : options.get(name);
  if (value === undefined || value === null) return missing;
  return typeof value === "number" ? value : undefined;
}
