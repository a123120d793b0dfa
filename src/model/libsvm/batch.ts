// Decision values of many rows: eight at once, in WebAssembly. The same operations in the same order as the plain
// loops, so the same numbers.

import type { Matrix } from "../core/matrix.js";
import { rowsAtOnce, tableBytes, vectorKernels } from "../wasm/vector-kernels.js";
import type { FittedSvm, Run } from "./decisions.js";
import { type Kernel, powi } from "./kernel.js";

/** Fewer rows than this are sooner done one by one. */
export const batchRowsMin = 8;

/** Memory of one svm's batches: beyond, rows go one by one. */
const bytesMax = 512 * 1024 * 1024;

/** Fills `out` with a row of decision values for each row. */
export type DecideBatch = (matrix: Matrix, out: Float64Array) => void;

/**
 * @param sums the runs that add up to each decision value
 * @returns nothing where the svm is not dense, or too large
 */
export function batchDecisions(svm: FittedSvm, sums: readonly (readonly Run[])[]): DecideBatch | undefined {
  const { kernel, vectors, coefficients, intercepts } = svm;
  if (vectors.kind !== "dense" || vectors.rows === 0 || vectors.columns === 0) return undefined;
  const { rows: count, columns } = vectors;
  const bytes = 8 * (vectors.data.length + coefficients.length + rowsAtOnce * (columns + count + sums.length));
  if (bytes > bytesMax) return undefined;

  const vectorsAt = tableBytes;
  const vectorsEnd = vectorsAt + 8 * vectors.data.length;
  const coefficientsAt = vectorsEnd;
  const rowsAt = coefficientsAt + 8 * coefficients.length;
  const rowsLength = 8 * rowsAtOnce * columns;
  const valuesAt = rowsAt + rowsLength;
  const valueLength = 8 * rowsAtOnce;
  const sumsAt = valuesAt + valueLength * count;
  const { kernels, memory } = vectorKernels(bytes);
  const numbers = new Float64Array(memory.buffer);
  numbers.set(vectors.data, vectorsAt / 8);
  numbers.set(coefficients, coefficientsAt / 8);
  const block = numbers.subarray(rowsAt / 8, valuesAt / 8);
  const kernelValues = numbers.subarray(valuesAt / 8, sumsAt / 8);
  const decided = numbers.subarray(sumsAt / 8, sumsAt / 8 + rowsAtOnce * sums.length);

  function fillKernelValues(): void {
    if (kernel.name === "rbf") {
      kernels.squaredDistances(rowsAt, vectorsAt, vectorsEnd, rowsLength, valuesAt);
      kernels.exponentials(valuesAt, sumsAt, -kernel.gamma);
      return;
    }
    kernels.dots(rowsAt, vectorsAt, vectorsEnd, rowsLength, valuesAt);
    finishDots(kernel, kernelValues);
  }

  return function decideBatch({ rows, data }, out) {
    for (let from = 0; from < rows; from += rowsAtOnce) {
      const present = Math.min(rowsAtOnce, rows - from);
      for (let row = 0; row < present; row++) {
        const start = (from + row) * columns;
        for (let column = 0; column < columns; column++) block[column * rowsAtOnce + row] = data[start + column]!;
      }
      fillKernelValues();
      decided.fill(0);
      for (let sum = 0; sum < sums.length; sum++) {
        for (const { coefficient, vector, count } of sums[sum]!) {
          const first = valuesAt + valueLength * vector;
          const last = first + valueLength * count;
          if (count > 0) kernels.addWeighted(coefficientsAt + 8 * coefficient, first, last, sumsAt + valueLength * sum);
        }
      }
      for (let row = 0; row < present; row++) {
        const to = (from + row) * sums.length;
        for (let sum = 0; sum < sums.length; sum++) out[to + sum] = decided[sum * rowsAtOnce + row]! + intercepts[sum]!;
      }
    }
  };
}

/** From dot products to the kernel's values, in place. */
function finishDots({ name, gamma, coef0, degree }: Kernel, values: Float64Array): void {
  if (name === "poly") {
    for (let k = 0; k < values.length; k++) values[k] = powi(gamma * values[k]! + coef0, degree);
  } else if (name === "sigmoid") {
    for (let k = 0; k < values.length; k++) values[k] = Math.tanh(gamma * values[k]! + coef0);
  }
}
