/**
 * Solves L v = b for a lower triangular matrix of `size` rows, from the top: `b` becomes v.
 * @returns the sum of the squares of v: the part of a variance that the training rows explain
 */
export function solvedSquares(factor: Float64Array, size: number, b: Float64Array): number {
  let squares = 0;
  for (let row = 0; row < size; row++) {
    let rest = b[row]!;
    for (let before = 0; before < row; before++) rest -= factor[row * size + before]! * b[before]!;
    b[row] = rest / factor[row * size + row]!;
    squares += b[row]! * b[row]!;
  }
  return squares;
}
