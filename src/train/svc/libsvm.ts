// libsvm, compiled to WebAssembly by the package libsvm-wasm. Its JavaScript is not used, because it passes parameters
// as 32-bit floats, prints to standard output, and returns the model only as a file. Here the parameters are written as
// doubles and the model is read from memory, at the offsets of svm.h before version 3.31.

import { type Libsvm, startLibsvm } from "./libsvm-instance.js";

/** svm_type C_SVC of svm.h. */
const cSvc = 0;
/** kernel_type of svm.h. */
const kernels = { linear: 0, poly: 1, rbf: 2, sigmoid: 3 } as const;

export type Kernel = keyof typeof kernels;
export const kernelNames = Object.keys(kernels) as readonly Kernel[];

interface SvcParameters {
  readonly C: number;
  readonly kernel: Kernel;
  readonly gamma: number;
  readonly degree: number;
  readonly coef0: number;
}

/** Rows in row-major order, and the class of each as an index from 0. Every index up to the greatest must occur. */
interface Problem {
  readonly x: Float64Array;
  readonly columns: number;
  readonly y: Int32Array;
}

/** The result in libsvm's order: support vectors by class, pairs of classes (0,1), (0,2), ... (1,2), ... */
export interface Solution {
  /** Rows of the problem. */
  readonly support: Int32Array;
  /** Support vectors of each class. */
  readonly supportCounts: Int32Array;
  /** Classes - 1 rows of one coefficient for each support vector. */
  readonly dualCoef: Float64Array;
  /** One for each pair: minus libsvm's rho. */
  readonly intercept: Float64Array;
  /** Iterations of the solver, for each pair. */
  readonly iterations: Int32Array;
  /** False if libsvm stopped at its iteration limit (at least ten million) before it reached its tolerance. */
  readonly converged: boolean;
}

// scikit-learn's default solver settings; they are not options here.
const cacheMegabytes = 200;
const tolerance = 1e-3;

/** Byte offsets of svm.h's structures in 32-bit WebAssembly, where a double is aligned to 8. */
const parameterFields = { gamma: 16, coef0: 24, cacheSize: 32, eps: 40, C: 48 } as const;
const modelFields = { classes: 96, total: 100, coefficients: 108, rho: 112, indices: 124, counts: 132 } as const;

/**
 * Trains one C-SVC for each pair of classes, as scikit-learn's SVC does: rows are sorted by class first, because libsvm
 * orders classes by their first row, scikit-learn's copy by label.
 * @throws Error if libsvm runs out of memory
 */
export async function trainSvc(problem: Problem, parameters: SvcParameters): Promise<Solution> {
  const printed: string[] = [];
  const libsvm = await startLibsvm((text) => printed.push(text));
  const order = rowsByClass(problem.y);
  const model = libsvm.train_model(writeProblem(libsvm, problem, order), writeParameters(libsvm, parameters));
  return readSolution(libsvm, model, order, printed.join(""));
}

function rowsByClass(y: Int32Array): Int32Array {
  // The sort is stable: rows of a class keep their order.
  return Int32Array.from(y.keys()).sort((a, b) => y[a]! - y[b]!);
}

function writeProblem(libsvm: Libsvm, { x, columns, y }: Problem, order: Int32Array): number {
  const rows = y.length;
  const xAddress = allocate(libsvm, rows * columns * 8);
  const yAddress = allocate(libsvm, rows * 8);
  const doubles = new Float64Array(libsvm.memory.buffer);
  for (let row = 0; row < rows; row++) {
    const from = order[row]! * columns;
    doubles.set(x.subarray(from, from + columns), xAddress / 8 + row * columns);
    doubles[yAddress / 8 + row] = y[order[row]!]!;
  }
  const samples = libsvm.make_samples(xAddress, yAddress, rows, columns);
  libsvm.free(xAddress);
  libsvm.free(yAddress);
  return samples;
}

function allocate(libsvm: Libsvm, bytes: number): number {
  const address = libsvm.malloc(bytes);
  if (address === 0) throw new Error(`libsvm cannot allocate ${bytes} bytes`);
  return address;
}

function writeParameters(libsvm: Libsvm, { C, kernel, gamma, degree, coef0 }: SvcParameters): number {
  const [nu, p, shrinking, probability, noWeights] = [0, 0, 1, 0, 0];
  const address = libsvm.make_param(
    cSvc,
    kernels[kernel],
    degree,
    gamma,
    coef0,
    nu,
    cacheMegabytes,
    C,
    tolerance,
    p,
    shrinking,
    probability,
    noWeights,
    0,
    0,
  );
  const view = new DataView(libsvm.memory.buffer);
  const exact = { gamma, coef0, cacheSize: cacheMegabytes, eps: tolerance, C };
  for (const [name, value] of Object.entries(exact) as [keyof typeof exact, number][]) {
    const at = address + parameterFields[name];
    if (view.getFloat64(at, true) !== Math.fround(value)) throw new Error(`libsvm stores ${name} at another offset`);
    view.setFloat64(at, value, true);
  }
  return address;
}

function readSolution(libsvm: Libsvm, model: number, order: Int32Array, printed: string): Solution {
  const view = new DataView(libsvm.memory.buffer);
  const word = (at: number) => view.getUint32(at, true);
  const classes = word(model + modelFields.classes);
  const total = word(model + modelFields.total);
  const pairs = (classes * (classes - 1)) / 2;
  const ints = (at: number, count: number) =>
    Int32Array.from({ length: count }, (_, i) => view.getInt32(at + 4 * i, true));
  const doubles = (at: number, count: number) =>
    Float64Array.from({ length: count }, (_, i) => view.getFloat64(at + 8 * i, true));

  const dualCoef = new Float64Array((classes - 1) * total);
  for (let i = 0; i < classes - 1; i++) {
    dualCoef.set(doubles(word(word(model + modelFields.coefficients) + 4 * i), total), i * total);
  }
  return {
    support: ints(word(model + modelFields.indices), total).map((oneBased) => order[oneBased - 1]!),
    supportCounts: ints(word(model + modelFields.counts), classes),
    dualCoef,
    intercept: doubles(word(model + modelFields.rho), pairs).map((rho) => -rho),
    iterations: Int32Array.from(printed.matchAll(/#iter = (\d+)/g), ([, count]) => Number(count)),
    converged: !printed.includes("reaching max number of iterations"),
  };
}
