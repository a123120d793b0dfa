// Sums and products of doubles with their rounding errors: a result in two parts, the rounded one and the rest.

/** Splits a double in two halves of 26 bits: Dekker's product is exact with them. */
const splitter = 2 ** 27 + 1;

/** a * b - product, exactly, where product is a * b rounded and nothing overflows. */
export function productError(a: number, b: number, product: number): number {
  const aHigh = splitter * a - (splitter * a - a);
  const bHigh = splitter * b - (splitter * b - b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** a + b - sum, exactly, where sum is a + b rounded. */
export function sumError(a: number, b: number, sum: number): number {
  const bPart = sum - a;
  return a - (sum - bPart) + (b - bPart);
}
