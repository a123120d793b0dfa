// numpy.argpartition and numpy.argsort, for equal values as numpy leaves them (introselect and quicksort of
// numpy/core/src/npysort).

/**
 * Indices in an order where the one at `kth` is where sorting would put it, no larger before it and no smaller after.
 * NaN sorts last. Builds of numpy 2 for processors with AVX-512 or AVX2 leave equal values otherwise.
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
  let depth = depthMax(values.length);
  if (kth < 3) {
    selectFirst(kth + 1, values.length, less, swap);
    return order;
  }
  while (low + 1 < high) {
    if (depth-- === 0) {
      sortStable(values, order, low, high);
      return order;
    }
    const middle = low + Math.floor((high - low) / 2);
    // The median of three becomes the pivot, at low; the smallest of them comes after it.
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

/** A run of this many values more than one is still sorted by insertion: numpy's SMALL_QUICKSORT. */
const insertionMax = 15;

/**
 * numpy's limit of nested partitions, above which it changes to an algorithm without bad cases. The choice affects only
 * ties.
 */
function depthMax(length: number): number {
  return 2 * Math.floor(Math.log2(Math.max(1, length)));
}

function sortStable(values: Float64Array, order: Int32Array, low: number, high: number): void {
  order.subarray(low, high + 1).sort((a, b) => values[a]! - values[b]! || a - b);
}

/**
 * Sorts indices by their values, in place: numpy.argsort, which is stable only for up to 16 values.
 * Builds of numpy from 1.25 on for processors with AVX-512 leave equal values otherwise.
 */
export function argSort(values: Float64Array, order: Int32Array): Int32Array {
  const open: [low: number, high: number, depth: number][] = [[0, order.length - 1, depthMax(order.length)]];
  for (let run = open.pop(); run; run = open.pop()) {
    const [low, high, depth] = run;
    if (depth < 0) {
      sortStable(values, order, low, high);
      continue;
    }
    if (high - low <= insertionMax) {
      insertionSort(values, order, low, high);
      continue;
    }
    const middle = partition(values, order, low, high);
    open.push([low, middle - 1, depth - 1], [middle + 1, high, depth - 1]);
  }
  return order;
}

function insertionSort(values: Float64Array, order: Int32Array, low: number, high: number): void {
  for (let at = low + 1; at <= high; at++) {
    const index = order[at]!;
    let to = at;
    for (; to > low && values[index]! < values[order[to - 1]!]!; to--) order[to] = order[to - 1]!;
    order[to] = index;
  }
}

/** Moves smaller values before the median of three and larger ones after it. @returns where the median is */
function partition(values: Float64Array, order: Int32Array, low: number, high: number): number {
  const swap = (a: number, b: number): void => {
    const kept = order[a]!;
    order[a] = order[b]!;
    order[b] = kept;
  };
  const sortPair = (a: number, b: number): void => {
    if (values[order[b]!]! < values[order[a]!]!) swap(a, b);
  };
  const middle = low + ((high - low) >> 1);
  sortPair(low, middle);
  sortPair(middle, high);
  sortPair(low, middle);
  const pivot = values[order[middle]!]!;
  swap(middle, high - 1);
  let up = low;
  let down = high - 1;
  for (;;) {
    do up++;
    while (values[order[up]!]! < pivot);
    do down--;
    while (pivot < values[order[down]!]!);
    if (up >= down) break;
    swap(up, down);
  }
  swap(up, high - 1);
  return up;
}
