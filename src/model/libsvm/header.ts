// The header of a LIBSVM model file: svm_save_model's lines up to "SV".

import type { TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { printable } from "../pickle/text.js";
import type { KernelName } from "./kernel.js";

type SvmType = "c_svc" | "nu_svc" | "one_class" | "epsilon_svr" | "nu_svr";

export interface Header {
  readonly type: SvmType;
  readonly kernel: {
    readonly name: KernelName;
    readonly gamma: number;
    readonly coef0: number;
    readonly degree: number;
  };
  readonly classes: number;
  readonly vectors: number;
  /** One a pair of classes. */
  readonly rho: Float64Array;
  /** The classes' labels; empty for regressors and one class. */
  readonly labels: readonly number[];
  /** Support vectors of each class. */
  readonly vectorsOfClass: Int32Array;
  /** Platt's sigmoids of the pairs, where trained with probabilities. */
  readonly sigmoids: { readonly a: Float64Array; readonly b: Float64Array } | undefined;
}

const types: readonly SvmType[] = ["c_svc", "nu_svc", "one_class", "epsilon_svr", "nu_svr"];
const kernels: ReadonlyMap<string, KernelName> = new Map([
  ["linear", "linear"],
  ["polynomial", "poly"],
  ["rbf", "rbf"],
  ["sigmoid", "sigmoid"],
]);

/** Every name that svm_load_model knows; others are an error there too. */
const names: readonly string[] = [
  "svm_type",
  "kernel_type",
  "degree",
  "gamma",
  "coef0",
  "nr_class",
  "total_sv",
  "rho",
  "label",
  "probA",
  "probB",
  "prob_density_marks",
  "nr_sv",
];

/** Reads the lines up to "SV". @returns how many there are */
export function readHeader(lines: readonly string[]): { readonly header: Header; readonly length: number } {
  const values = new Map<string, readonly string[]>();
  let length = 0;
  for (; ; length++) {
    const line = lines[length];
    if (line === undefined) throw brokenAt(length, 'the file ends before "SV"');
    const [name, ...rest] = line.trim().split(/\s+/);
    if (name === "SV") break;
    if (!names.includes(name!)) throw brokenAt(length, `"${printable(name!, 30)}" is not a name of the header`);
    values.set(name!, rest);
  }
  return { header: toHeader(values), length: length + 1 };
}

function toHeader(values: ReadonlyMap<string, readonly string[]>): Header {
  const word = (name: string) => values.get(name)?.[0] ?? "";
  const type = types.find((known) => known === word("svm_type"));
  if (!type) throw broken(`the svm_type is "${printable(word("svm_type"), 30)}"`);
  const kernel = kernels.get(word("kernel_type"));
  if (!kernel) {
    const shown = printable(word("kernel_type"), 30);
    throw new ModelError("estimator-unsupported", `LIBSVM: the kernel "${shown}" is not supported`, {
      hint: `Supported kernels: ${[...kernels.keys()].join(", ")}.`,
    });
  }
  const numbers = (name: string, count?: number): Float64Array => {
    const found = Float64Array.from(values.get(name) ?? [], (text) => numberOf(text, name));
    if (count !== undefined && found.length !== count)
      throw broken(`${name} has ${found.length} numbers, not ${count}`);
    return found;
  };
  const count = (name: string): number => {
    const [value] = numbers(name, 1);
    if (!Number.isSafeInteger(value) || value! < 0) throw broken(`${name} is ${value}`);
    return value!;
  };
  // The kernels' parameters are written only where the kernel has them.
  const optional = (name: string) => (values.has(name) ? numbers(name, 1)[0]! : 0);

  const classifies = type === "c_svc" || type === "nu_svc";
  const classes = count("nr_class");
  if (classes < 2 || classes > classesMax) throw broken(`nr_class is ${classes}`);
  const pairs = classifies ? (classes * (classes - 1)) / 2 : 1;
  const vectors = count("total_sv");
  const vectorsOfClass = classifies ? Int32Array.from(numbers("nr_sv", classes)) : new Int32Array();
  if (classifies && vectorsOfClass.reduce((sum, each) => sum + each, 0) !== vectors) {
    throw broken(`nr_sv adds up to another number than total_sv, ${vectors}`);
  }
  if (vectorsOfClass.some((each) => each < 0)) throw broken("nr_sv has a negative number");
  return {
    type,
    kernel: { name: kernel, gamma: optional("gamma"), coef0: optional("coef0"), degree: degreeOf(optional("degree")) },
    classes,
    vectors,
    rho: numbers("rho", pairs),
    labels: classifies ? [...numbers("label", classes)] : [],
    vectorsOfClass,
    sigmoids:
      classifies && values.has("probA") ? { a: numbers("probA", pairs), b: numbers("probB", pairs) } : undefined,
  };
}

/** Labels are 32-bit integers; the pairs of so many classes fill a line of a megabyte. */
const classesMax = 1_000;

function degreeOf(degree: number): number {
  if (!Number.isInteger(degree) || degree < 0) throw broken(`degree is ${degree}`);
  return degree;
}

function numberOf(text: string, name: string): number {
  const value = parseNumber(text);
  if (value === undefined) throw broken(`${name} has "${printable(text, 30)}", which is not a number`);
  return value;
}

/** A finite decimal number; undefined for anything else. */
export function parseNumber(text: string): number | undefined {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** @param index of the line, counted from 0 */
export function brokenAt(index: number, message: string): TepalError {
  return new ModelError("libsvm-broken", `LIBSVM model, line ${index + 1}: ${message}`, { place: { row: index + 1 } });
}

function broken(message: string): TepalError {
  return new ModelError("libsvm-broken", `LIBSVM model: ${message}`);
}
