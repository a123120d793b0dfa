/** numpy.interp: `xs` rise, and may repeat. */
export function interpolate(x: number, xs: Float64Array, ys: Float64Array): number {
  if (x < xs[0]!) return ys[0]!;
  if (x >= xs.at(-1)!) return ys.at(-1)!;
  // The last of the points at or below x.
  let low = 0;
  let high = xs.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (xs[middle]! <= x) low = middle;
    else high = middle;
  }
  if (xs[low] === x) return ys[low]!;
  const slope = (ys[low + 1]! - ys[low]!) / (xs[low + 1]! - xs[low]!);
  return slope * (x - xs[low]!) + ys[low]!;
}
