// Sums over vectors that lie within longer arrays, in the order of their index.

/** The sum of a[aStart + i] * b[bStart + i] for i below `length`. */
export function dot(a: Float64Array, aStart: number, b: Float64Array, bStart: number, length: number): number {
  let sum = 0;
  for (let index = 0; index < length; index++) sum += a[aStart + index]! * b[bStart + index]!;
  return sum;
}

/** The squared length of each row. */
export function squaredNorms(data: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => dot(data, row * columns, data, row * columns, columns));
}
