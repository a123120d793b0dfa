// Dot products of 32-bit floats in the order of OpenBLAS on processors with AVX2, where numpy computes a product of
// matrices. Other processors, and a request of one row, can differ in the last bit of a 32-bit float.

const { fround } = Math;

/** sgemm, for several outputs: in order, each product added without being rounded (FMA). */
export function matrixDot32(a: Float64Array, aStart: number, b: Float64Array, bStart: number, length: number): number {
  let sum = 0;
  for (let index = 0; index < length; index++) sum = fround(sum + fround(a[aStart + index]!) * b[bStart + index]!);
  return sum;
}

/** sgemv, for one output: eight sums for whole vectors, then up to three values that are left. */
export function vectorDot32(a: Float64Array, aStart: number, b: Float64Array, bStart: number, length: number): number {
  const left = length % 4;
  const whole = length - left;
  const lanes = new Float64Array(8);
  for (let at = 0; at < whole; ) {
    const width = at === 0 && whole % 8 === 4 ? 4 : 8;
    for (let lane = 0; lane < width; lane++, at++) {
      lanes[lane] = fround(lanes[lane]! + fround(a[aStart + at]!) * b[bStart + at]!);
    }
  }
  const four = [0, 1, 2, 3].map((lane) => fround(lanes[lane]! + lanes[lane + 4]!)) as [number, number, number, number];
  const sum = fround(fround(four[0] + four[1]) + fround(four[2] + four[3]));
  let rest = 0;
  for (let at = whole; at < length; at++) rest = fround(rest + fround(fround(a[aStart + at]!) * b[bStart + at]!));
  return left === 0 ? sum : fround(sum + rest);
}
