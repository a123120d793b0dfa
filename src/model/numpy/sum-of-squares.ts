// numpy's einsum("ij,ij->i", X, X), with its roundings: scikit-learn's row_norms.

/** Adds the squares of values[start] ... values[start + length - 1]. */
export type SumOfSquares = (values: Float64Array, start: number, length: number) => number;

/** The squares of values[start] ... values[start + length - 1], added in two lanes as numpy does since 1.20. */
export function sumOfSquares(values: Float64Array, start: number, length: number): number {
  let even = 0;
  let odd = 0;
  let at = start;
  const end = start + length;
  for (; end - at >= 8; at += 8) {
    for (let pair = at + 6; pair >= at; pair -= 2) {
      even += values[pair]! * values[pair]!;
      odd += values[pair + 1]! * values[pair + 1]!;
    }
  }
  for (; at < end; at += 2) {
    even += values[at]! * values[at]!;
    if (at + 1 < end) odd += values[at + 1]! * values[at + 1]!;
  }
  return even + odd;
}

/** The same up to numpy 1.19: eight at a time in order, and those left over from the last to the first. */
export function sumOfSquaresBackwards(values: Float64Array, start: number, length: number): number {
  let sum = 0;
  const whole = start + length - (length % 8);
  for (let at = start; at < whole; at++) sum += values[at]! * values[at]!;
  for (let at = start + length - 1; at >= whole; at--) sum += values[at]! * values[at]!;
  return sum;
}
