import assert from "node:assert/strict";
import { test } from "node:test";
import { NeighborHeap, type TieSort } from "./heap.js";

for (const sort of ["quicksort", "introsort"] satisfies TieSort[]) {
  test(`keeps the nearest in order, sorted by ${sort}`, () => {
    const distances = Array.from({ length: 500 }, (_, index) => (index * 7919) % 257);
    const heap = new NeighborHeap(100, sort);
    for (const [index, distance] of distances.entries()) heap.push(distance, index);

    heap.sort();

    assert.deepEqual(Array.from(heap.distances), distances.toSorted((a, b) => a - b).slice(0, 100));
    assert.deepEqual(
      Array.from(heap.indices, (index) => distances[index]!),
      Array.from(heap.distances),
    );
    assert.equal(new Set(heap.indices).size, 100);
  });
}
