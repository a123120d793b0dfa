// numpy's sums of 32-bit floats: (np.arange(n) * 0.1 + 1 / 3).astype("f4").sum()

import assert from "node:assert/strict";
import { test } from "node:test";
import { pairwiseSum32 } from "./pairwise-sum.js";

for (const [length, sum] of [
  [5, 2.6666665077209473],
  [100, 528.3333129882812],
  [300, 4585],
  [1000, 50283.3359375],
] as const) {
  test(`adds ${length} 32-bit floats as numpy does`, () => {
    const values = Float32Array.from({ length }, (_, index) => index * 0.1 + 1 / 3);

    assert.equal(pairwiseSum32(values, 0, length), sum);
  });
}
