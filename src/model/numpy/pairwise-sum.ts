/** Below this length numpy adds in order. */
const inOrderMax = 8;
/** Up to this length numpy adds with eight accumulators; longer arrays are split. */
const blockMax = 128;

/**
 * The sum of values[start] ... values[start + length - 1] with the roundings of numpy's own: pairwise, in blocks of
 * eight accumulators.
 */
export function pairwiseSum(values: Float64Array, start: number, length: number): number {
  if (length < inOrderMax) {
    let sum = 0;
    for (let index = start; index < start + length; index++) sum += values[index]!;
    return sum;
  }
  if (length <= blockMax) return blockSum(values, start, length);
  const half = Math.floor(length / 2);
  const first = half - (half % inOrderMax);
  return pairwiseSum(values, start, first) + pairwiseSum(values, start + first, length - first);
}

function blockSum(values: Float64Array, start: number, length: number): number {
  const r = values.slice(start, start + inOrderMax);
  const whole = length - (length % inOrderMax);
  for (let at = inOrderMax; at < whole; at += inOrderMax) {
    for (let lane = 0; lane < inOrderMax; lane++) r[lane] = r[lane]! + values[start + at + lane]!;
  }
  let sum = r[0]! + r[1]! + (r[2]! + r[3]!) + (r[4]! + r[5]! + (r[6]! + r[7]!));
  for (let at = whole; at < length; at++) sum += values[start + at]!;
  return sum;
}

/** The same for floats: numpy rounds every sum of 32-bit floats to one. */
export function pairwiseSum32(values: Float32Array, start: number, length: number): number {
  const { fround } = Math;
  if (length > blockMax) {
    const half = Math.floor(length / 2);
    const first = half - (half % inOrderMax);
    return fround(pairwiseSum32(values, start, first) + pairwiseSum32(values, start + first, length - first));
  }
  const whole = length < inOrderMax ? 0 : length - (length % inOrderMax);
  let sum = 0;
  if (whole > 0) {
    const r = values.slice(start, start + inOrderMax);
    for (let at = inOrderMax; at < whole; at++) r[at % inOrderMax] = r[at % inOrderMax]! + values[start + at]!;
    const sumOf = (a: number, b: number) => fround(r[a]! + r[b]!);
    sum = fround(fround(sumOf(0, 1) + sumOf(2, 3)) + fround(sumOf(4, 5) + sumOf(6, 7)));
  }
  for (let at = whole; at < length; at++) sum = fround(sum + values[start + at]!);
  return sum;
}
