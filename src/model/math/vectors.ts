// Sums over vectors inside longer arrays, in the order of their index.

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

/**
 * Writes the product of a row with each of `rows` rows of `columns` numbers. Four sums are computed in parallel, each
 * in the order of its index: a single sum would wait for every addition.
 */
export function products(
  row: Float64Array,
  start: number,
  data: Float64Array,
  rows: number,
  columns: number,
  out: Float64Array,
): void {
  const whole = rows - (rows % 4);
  for (let at = 0; at < whole; at += 4) {
    const first = at * columns;
    const second = first + columns;
    const third = second + columns;
    const fourth = third + columns;
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let index = 0; index < columns; index++) {
      const value = row[start + index]!;
      a += value * data[first + index]!;
      b += value * data[second + index]!;
      c += value * data[third + index]!;
      d += value * data[fourth + index]!;
    }
    out[at] = a;
    out[at + 1] = b;
    out[at + 2] = c;
    out[at + 3] = d;
  }
  for (let at = whole; at < rows; at++) out[at] = dot(row, start, data, at * columns, columns);
}

/** out = row . weights, a matrix of `width` columns. */
export function rowTimesMatrix(
  row: Float64Array,
  start: number,
  weights: Float64Array,
  width: number,
  out: Float64Array,
  at: number,
): void {
  const length = weights.length / width;
  for (let component = 0; component < width; component++) {
    let sum = 0;
    for (let index = 0; index < length; index++) sum += row[start + index]! * weights[index * width + component]!;
    out[at + component] = sum;
  }
}
