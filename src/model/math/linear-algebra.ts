// Small systems of equations, solved when a file is read.

import { log } from "./log.js";

/**
 * The inverse of a square matrix by Gauss-Jordan elimination with partial pivoting; undefined for a singular matrix.
 */
export function invert(matrix: Float64Array, size: number): Float64Array | undefined {
  const left = matrix.slice();
  const right = new Float64Array(size * size);
  for (let index = 0; index < size; index++) right[index * size + index] = 1;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(left[row * size + column]!) > Math.abs(left[pivot * size + column]!)) pivot = row;
    }
    const divisor = left[pivot * size + column]!;
    if (!(Math.abs(divisor) > 0) || !Number.isFinite(divisor)) return undefined;
    for (const side of [left, right]) {
      swapRows(side, size, column, pivot);
      for (let index = column * size; index < (column + 1) * size; index++) side[index] = side[index]! / divisor;
    }
    for (let row = 0; row < size; row++) {
      const factor = left[row * size + column]!;
      if (row === column || factor === 0) continue;
      for (const side of [left, right]) {
        for (let index = 0; index < size; index++) {
          side[row * size + index] = side[row * size + index]! - factor * side[column * size + index]!;
        }
      }
    }
  }
  return right;
}

function swapRows(matrix: Float64Array, size: number, a: number, b: number): void {
  if (a === b) return;
  const kept = matrix.slice(a * size, (a + 1) * size);
  matrix.copyWithin(a * size, b * size, (b + 1) * size);
  matrix.set(kept, b * size);
}

/** The logarithm of a determinant by elimination with the largest pivot; -Infinity unless it is above 0. */
export function logDeterminant(matrix: Float64Array, size: number): number {
  const left = matrix.slice();
  let sum = 0;
  let sign = 1;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(left[row * size + column]!) > Math.abs(left[pivot * size + column]!)) pivot = row;
    }
    if (pivot !== column) sign = -sign;
    swapRows(left, size, column, pivot);
    const divisor = left[column * size + column]!;
    if (!(Math.abs(divisor) > 0)) return Number.NEGATIVE_INFINITY;
    if (divisor < 0) sign = -sign;
    sum += log(Math.abs(divisor));
    for (let row = column + 1; row < size; row++) {
      const factor = left[row * size + column]! / divisor;
      for (let index = column; index < size; index++) {
        left[row * size + index] = left[row * size + index]! - factor * left[column * size + index]!;
      }
    }
  }
  return sign > 0 ? sum : Number.NEGATIVE_INFINITY;
}

/**
 * Solves A x = b for a symmetric positive definite matrix by A = U'U, as LAPACK's potrf and potrs; `matrix` becomes the
 * factor in its upper triangle, `b` the solution. @returns false where the matrix is not positive definite
 */
export function solvePositiveDefinite(matrix: Float64Array, size: number, b: Float64Array): boolean {
  for (let column = 0; column < size; column++) {
    for (let row = 0; row <= column; row++) {
      let rest = matrix[row * size + column]!;
      for (let k = 0; k < row; k++) rest -= matrix[k * size + row]! * matrix[k * size + column]!;
      if (row === column && !(rest > 0)) return false;
      matrix[row * size + column] = row === column ? Math.sqrt(rest) : rest / matrix[row * size + row]!;
    }
  }
  for (let row = 0; row < size; row++) {
    let rest = b[row]!;
    for (let k = 0; k < row; k++) rest -= matrix[k * size + row]! * b[k]!;
    b[row] = rest / matrix[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    let rest = b[row]!;
    for (let k = row + 1; k < size; k++) rest -= matrix[row * size + k]! * b[k]!;
    b[row] = rest / matrix[row * size + row]!;
  }
  return true;
}
