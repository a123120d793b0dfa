// The k nearest found so far, as scikit-learn keeps them: a heap whose order decides between equal distances.

/** How scikit-learn orders equal distances: by its own quicksort (up to 1.8) or introsort (1.9). */
export type TieSort = "quicksort" | "introsort";

/** Beyond it equal distances are sorted by index: quicksort is slow where many are equal. */
const unstableMax = 2_000;

/** Rows with their reduced distances, the largest first. */
export class NeighborHeap {
  readonly distances: Float64Array;
  readonly indices: Int32Array;
  readonly #sort: TieSort;

  constructor(size: number, sort: TieSort) {
    this.distances = new Float64Array(size);
    this.indices = new Int32Array(size);
    this.#sort = sort;
    this.clear();
  }

  clear(): void {
    this.distances.fill(Number.POSITIVE_INFINITY);
    this.indices.fill(0);
  }

  get largest(): number {
    return this.distances[0]!;
  }

  /**
   * sklearn.utils._heap.heap_push. A distance equal to the largest never enters: before 1.1 heap_push itself would let
   * it in, but the searches of the k-d and ball trees call it only for `dist < heap.largest`.
   */
  push(distance: number, index: number): void {
    const { distances, indices } = this;
    const { length } = distances;
    if (distance >= distances[0]!) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      if (left >= length) break;
      const child = right >= length || distances[left]! >= distances[right]! ? left : right;
      if (!(distances[child]! > distance)) break;
      distances[at] = distances[child]!;
      indices[at] = indices[child]!;
      at = child;
    }
    distances[at] = distance;
    indices[at] = index;
  }

  /** Nearest first, equal ones as scikit-learn's own unstable sort leaves them. */
  sort(): void {
    const { length } = this.distances;
    const sort = this.#sort;
    if (length > unstableMax) this.#sortByIndex();
    else if (sort === "introsort") this.#introsort(0, length);
    else this.#quicksort(0, length);
  }

  #sortByIndex(): void {
    const distances = this.distances.slice();
    const indices = this.indices.slice();
    const order = Int32Array.from(distances.keys()).sort(
      (a, b) => distances[a]! - distances[b]! || indices[a]! - indices[b]!,
    );
    for (const [to, from] of order.entries()) {
      this.distances[to] = distances[from]!;
      this.indices[to] = indices[from]!;
    }
  }

  #swap(a: number, b: number): void {
    const { distances, indices } = this;
    const distance = distances[a]!;
    distances[a] = distances[b]!;
    distances[b] = distance;
    const index = indices[a]!;
    indices[a] = indices[b]!;
    indices[b] = index;
  }

  #order(a: number, b: number): void {
    if (this.distances[a]! > this.distances[b]!) this.#swap(a, b);
  }

  /** The middle of three becomes the last one. */
  #medianLast(start: number, length: number): void {
    const { distances } = this;
    const last = start + length - 1;
    const middle = start + Math.floor(length / 2);
    this.#order(start, last);
    if (distances[last]! > distances[middle]!) {
      this.#swap(last, middle);
      this.#order(start, last);
    }
  }

  /** sklearn.utils._sorting.simultaneous_sort up to 1.8. */
  #quicksort(start: number, length: number): void {
    if (length <= 1) return;
    if (length <= 3) {
      this.#order(start, start + 1);
      if (length === 3 && this.distances[start + 1]! > this.distances[start + 2]!) {
        this.#swap(start + 1, start + 2);
        this.#order(start, start + 1);
      }
      return;
    }
    this.#medianLast(start, length);
    const last = start + length - 1;
    const pivot = this.distances[last]!;
    let store = start;
    for (let at = start; at < last; at++) {
      if (this.distances[at]! < pivot) this.#swap(at, store++);
    }
    this.#swap(store, last);
    const left = store - start;
    if (left > 1) this.#quicksort(start, left);
    if (left + 2 < length) this.#quicksort(store + 1, length - left - 1);
  }

  /** The same of 1.9, without its way out of bad cases: k is small. */
  #introsort(from: number, size: number): void {
    let start = from;
    let length = size;
    while (length > 15) {
      this.#medianLast(start, length);
      const last = start + length - 1;
      const pivot = this.distances[last]!;
      let i = start + 1;
      let j = last - 1;
      for (;;) {
        while (i <= j && this.distances[i]! < pivot) i++;
        while (i <= j && this.distances[j]! > pivot) j--;
        if (i >= j) break;
        this.#swap(i++, j--);
      }
      this.#swap(i, last);
      this.#introsort(start, i - start);
      length -= i - start + 1;
      start = i + 1;
    }
    this.#insertionSort(start, length);
  }

  #insertionSort(start: number, length: number): void {
    const { distances, indices } = this;
    for (let at = start + 1; at < start + length; at++) {
      const distance = distances[at]!;
      const index = indices[at]!;
      let to = at;
      for (; to > start && distances[to - 1]! > distance; to--) {
        distances[to] = distances[to - 1]!;
        indices[to] = indices[to - 1]!;
      }
      distances[to] = distance;
      indices[to] = index;
    }
  }
}
