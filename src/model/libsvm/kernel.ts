// The kernels of libsvm, between one row and every support vector. Sums run in the order of the columns, as in
// svm.cpp's Kernel::dot.

import { exp } from "../math/exp.js";
import type { Csr } from "../scipy/sparse.js";

export type KernelName = "linear" | "poly" | "rbf" | "sigmoid";

export interface Kernel {
  readonly name: KernelName;
  readonly gamma: number;
  readonly coef0: number;
  readonly degree: number;
}

/** Support vectors, one a row. */
export type Vectors =
  | { readonly kind: "dense"; readonly rows: number; readonly columns: number; readonly data: Float64Array }
  | ({ readonly kind: "sparse" } & Csr);

/** Fills `out` with the kernel of each support vector and the row of `data` that begins at `start`. */
type KernelValues = (data: Float64Array, start: number, out: Float64Array) => void;

export function kernelValues(kernel: Kernel, vectors: Vectors): KernelValues {
  const { gamma, coef0, degree } = kernel;
  const [dots, squaredDistances] =
    vectors.kind === "dense"
      ? [denseDots(vectors), denseSquaredDistances(vectors)]
      : [sparseDots(vectors), sparseSquaredDistances(vectors)];
  switch (kernel.name) {
    case "linear":
      return dots;
    case "poly":
      return function polynomial(data, start, out) {
        dots(data, start, out);
        for (let k = 0; k < out.length; k++) out[k] = powi(gamma * out[k]! + coef0, degree);
      };
    case "rbf":
      return function radial(data, start, out) {
        squaredDistances(data, start, out);
        for (let k = 0; k < out.length; k++) out[k] = exp(-gamma * out[k]!);
      };
    case "sigmoid":
      return function sigmoid(data, start, out) {
        dots(data, start, out);
        // V8's tanh is fdlibm's, as is glibc's up to 2.40.
        for (let k = 0; k < out.length; k++) out[k] = Math.tanh(gamma * out[k]! + coef0);
      };
    default:
      return kernel.name satisfies never;
  }
}

/** libsvm's power by repeated squaring; its roundings are not those of pow. */
export function powi(base: number, times: number): number {
  let power = base;
  let result = 1;
  for (let rest = times; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= power;
    power *= power;
  }
  return result;
}

interface Dense {
  readonly columns: number;
  readonly data: Float64Array;
}

// Four vectors at once: each sum keeps its order, and the processor need not wait for one addition to begin the next.

function denseDots({ columns, data: vectors }: Dense): KernelValues {
  return function dots(data, start, out) {
    const count = out.length;
    const whole = count - (count % 4);
    for (let k = 0; k < whole; k += 4) {
      const atA = k * columns;
      const atB = atA + columns;
      const atC = atB + columns;
      const atD = atC + columns;
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let column = 0; column < columns; column++) {
        const value = data[start + column]!;
        a += value * vectors[atA + column]!;
        b += value * vectors[atB + column]!;
        c += value * vectors[atC + column]!;
        d += value * vectors[atD + column]!;
      }
      out[k] = a;
      out[k + 1] = b;
      out[k + 2] = c;
      out[k + 3] = d;
    }
    for (let k = whole; k < count; k++) {
      let sum = 0;
      for (let column = 0; column < columns; column++) sum += data[start + column]! * vectors[k * columns + column]!;
      out[k] = sum;
    }
  };
}

function denseSquaredDistances({ columns, data: vectors }: Dense): KernelValues {
  return function squaredDistances(data, start, out) {
    const count = out.length;
    const whole = count - (count % 4);
    for (let k = 0; k < whole; k += 4) {
      const atA = k * columns;
      const atB = atA + columns;
      const atC = atB + columns;
      const atD = atC + columns;
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let column = 0; column < columns; column++) {
        const value = data[start + column]!;
        const fromA = value - vectors[atA + column]!;
        const fromB = value - vectors[atB + column]!;
        const fromC = value - vectors[atC + column]!;
        const fromD = value - vectors[atD + column]!;
        a += fromA * fromA;
        b += fromB * fromB;
        c += fromC * fromC;
        d += fromD * fromD;
      }
      out[k] = a;
      out[k + 1] = b;
      out[k + 2] = c;
      out[k + 3] = d;
    }
    for (let k = whole; k < count; k++) {
      let sum = 0;
      for (let column = 0; column < columns; column++) {
        const difference = data[start + column]! - vectors[k * columns + column]!;
        sum += difference * difference;
      }
      out[k] = sum;
    }
  };
}

function sparseDots({ data: values, indices, indptr }: Csr): KernelValues {
  return function dots(data, start, out) {
    for (let k = 0; k < out.length; k++) {
      const end = indptr[k + 1]!;
      let sum = 0;
      for (let entry = indptr[k]!; entry < end; entry++) sum += data[start + indices[entry]!]! * values[entry]!;
      out[k] = sum;
    }
  };
}

/** Merges the row's nonzero columns with the vector's, so that the sum's order is that of libsvm's sparse rows. */
function sparseSquaredDistances({ columns, data: values, indices, indptr }: Csr): KernelValues {
  const filled = new Int32Array(columns);
  return function squaredDistances(data, start, out) {
    let filledCount = 0;
    for (let column = 0; column < columns; column++) if (data[start + column] !== 0) filled[filledCount++] = column;
    for (let k = 0; k < out.length; k++) {
      const end = indptr[k + 1]!;
      let entry = indptr[k]!;
      let place = 0;
      let sum = 0;
      while (place < filledCount || entry < end) {
        const column = place < filledCount ? filled[place]! : columns;
        const vectorColumn = entry < end ? indices[entry]! : columns;
        let difference: number;
        if (column === vectorColumn) difference = data[start + filled[place++]!]! - values[entry++]!;
        else if (column < vectorColumn) difference = data[start + filled[place++]!]!;
        else difference = values[entry++]!;
        sum += difference * difference;
      }
      out[k] = sum;
    }
  };
}
