// The kernels of vector-kernels.wat, which describes the memory layout of rows and results.

import { exp, expTables } from "../math/exp.js";
import wasmBytes from "./vector-kernels.wat.js";

export const rowsAtOnce = 8;
const pageBytes = 65_536;

/** Bytes of the tables of `exp` at the start of the memory. */
export const tableBytes = 8 * (expTables.coarse.length + expTables.fine.length);

interface VectorKernels {
  dots(rows: number, vectors: number, vectorsEnd: number, rowsLength: number, out: number): void;
  squaredDistances(rows: number, vectors: number, vectorsEnd: number, rowsLength: number, out: number): void;
  addWeighted(coefficients: number, values: number, valuesEnd: number, sums: number): void;
  exponentials(values: number, valuesEnd: number, factor: number): void;
}

let compiled: WebAssembly.Module | undefined;

/**
 * The kernels on a new memory, of at least so many bytes after the tables. All addresses are in bytes, and nothing is
 * checked.
 */
export function vectorKernels(bytes: number): { readonly kernels: VectorKernels; readonly memory: WebAssembly.Memory } {
  compiled ??= new WebAssembly.Module(wasmBytes);
  const { coarse, fine, ...constants } = expTables;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((tableBytes + bytes) / pageBytes) });
  const numbers = new Float64Array(memory.buffer);
  numbers.set(coarse, 0);
  numbers.set(fine, coarse.length);
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory, exp, ...constants } });
  return { kernels: exports as VectorKernels, memory };
}
