// Two-dimensional attributes of fitted estimators, with their sizes and numbers checked.

import { NdArray } from "../numpy/ndarray.js";
import { isCsr, readCsr } from "../scipy/sparse.js";
import type { EstimatorAttributes } from "./attributes.js";

/** Row after row. */
export interface FittedMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** The expected size of a matrix, where another attribute determines it. */
interface Size {
  readonly rows?: number;
  readonly columns?: number;
}

/** Numbers of a sparse attribute written out: 1 GB. */
const denseMax = 1 << 27;

/**
 * An attribute as a dense matrix of finite numbers. Where it was renamed, callers pass all its names, the newest first.
 * @throws ModelError "estimator-inconsistent" when it has another size or contains NaN or infinity
 */
export function readMatrix(attributes: EstimatorAttributes, names: readonly string[], size: Size = {}): FittedMatrix {
  const value = attributes.get(...names);
  const matrix = isCsr(value) ? denseOf(attributes, names, readCsr(value, "any")) : undefined;
  if (!matrix && !(value instanceof NdArray && value.shape.length === 2)) {
    throw attributes.expected("a matrix", names, value);
  }
  const array = value instanceof NdArray ? value : undefined;
  const read = matrix ?? { rows: array!.shape[0]!, columns: array!.shape[1]!, data: array!.toNumbers() };
  for (const side of ["rows", "columns"] as const) {
    const expected = size[side];
    if (expected !== undefined && read[side] !== expected) {
      throw attributes.inconsistent(`${names[0]} has ${read[side]} ${side}; expected ${expected}`);
    }
  }
  if (read.rows === 0 || read.columns === 0) throw attributes.inconsistent(`${names[0]} is empty`);
  checkFinite(attributes, names, read.data);
  return read;
}

/** An attribute as `length` finite numbers. */
export function readVector(attributes: EstimatorAttributes, names: readonly string[], length?: number): Float64Array {
  const numbers = attributes.numbers(names, length);
  checkFinite(attributes, names, numbers);
  return numbers;
}

/** @throws ModelError "estimator-inconsistent" */
export function checkFinite(attributes: EstimatorAttributes, names: readonly string[], numbers: Float64Array): void {
  for (const number of numbers) {
    if (!Number.isFinite(number)) throw attributes.inconsistent(`${names[0]} holds ${number}`);
  }
}

function denseOf(
  attributes: EstimatorAttributes,
  names: readonly string[],
  csr: ReturnType<typeof readCsr>,
): FittedMatrix {
  const { rows, columns, data, indices, indptr } = csr;
  if (rows * columns > denseMax) {
    throw attributes.unsupported(`${names[0]} has ${rows * columns} numbers; the maximum is ${denseMax}`);
  }
  const dense = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let entry = indptr[row]!; entry < indptr[row + 1]!; entry++) {
      const at = row * columns + indices[entry]!;
      dense[at] = dense[at]! + data[entry]!;
    }
  }
  return { rows, columns, data: dense };
}
