// numpy.argpartition, for equal values as numpy leaves them (introselect, numpy/core/src/npysort/selection).

/**
 * Indices in an order where the one at `kth` is where sorting would put it, no larger before it and no smaller after. NaN sorts last.
 * Builds of numpy 2 for processors with AVX-512 or AVX2 leave equal values otherwise.
 */
export function argPartition(values: Float64Array, kth: number): Int32Array {
  const order = Int32Array.from(values, (_, index) => index);
  const less = (a: number, b: number): boolean => {
    const [x, y] = [values[order[a]!]!, values[order[b]!]!];
    return x < y || (Number.isNaN(y) && !Number.isNaN(x));
  };
  const swap = (a: number, b: number): void => {
    const kept = order[a]!;
    order[a] = order[b]!;
    order[b] = kept;
  };
  let low = 0;
  let high = values.length - 1;
  if (kth < 3) {
    selectFirst(kth + 1, values.length, less, swap);
    return order;
  }
  while (low + 1 < high) {
    const middle = low + Math.floor((high - low) / 2);
    // The median of three becomes the pivot, at low; the smallest of them stands after it.
    if (less(high, middle)) swap(high, middle);
    if (less(high, low)) swap(high, low);
    if (less(low, middle)) swap(low, middle);
    swap(middle, low + 1);
    let up = low + 1;
    let down = high;
    for (;;) {
      do up++;
      while (less(up, low));
      do down--;
      while (less(low, down));
      if (down < up) break;
      swap(up, down);
    }
    swap(low, down);
    if (down >= kth) high = down - 1;
    if (down <= kth) low = up;
  }
  if (high === low + 1 && less(high, low)) swap(high, low);
  return order;
}

/** The smallest `count` values, one after the other. */
function selectFirst(
  count: number,
  length: number,
  less: (a: number, b: number) => boolean,
  swap: (a: number, b: number) => void,
): void {
  for (let place = 0; place < Math.min(count, length); place++) {
    let smallest = place;
    for (let other = place + 1; other < length; other++) if (less(other, smallest)) smallest = other;
    swap(place, smallest);
  }
}
