// Damaged files of manifolds, count sketches, pooled features, updates and patches: rejected with what is wrong.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sklearnFixtureFile } from "../../../../test/support/model-fixtures.js";
import { withArrayBytes, withInstruction } from "../../../../test/support/pickle-bytes.js";
import { readModel, readTable } from "../../index.js";

const fixture = (file: string) => new Uint8Array(sklearnFixtureFile("estimators-1.9.1", file));
const isomap = fixture("isomap.p5.pkl");
const linear = fixture("locally_linear.p3.pkl");
const sketch = fixture("count_sketch.p3.pkl");
const pooled = fixture("agglomeration_max.p4.pkl");
const updates = fixture("nmf_mini_batch.p3.pkl");
const patches = fixture("patches.p5.pkl");
const infinite = (bytes: DataView) => bytes.setFloat64(0, Number.POSITIVE_INFINITY, true);

for (const [name, file, message] of [
  ["infinite ways", withArrayBytes(isomap, "dist_matrix_", infinite), /dist_matrix_ holds Infinity/],
  ["an infinite embedding", withArrayBytes(linear, "embedding_", infinite), /embedding_ holds Infinity/],
  [
    "more neighbors than rows",
    withInstruction(linear, "n_neighbors", "BININT1", 1, 0x4b, 200),
    /it uses 200 neighbors of 25 rows/,
  ],
  [
    "a hash past the components",
    withArrayBytes(sketch, "indexHash_", (v) => v.setBigInt64(0, 99n, true)),
    /indexHash_ names a component that is not one of 12/,
  ],
  ["infinite components", withArrayBytes(updates, "components_", infinite), /components_ holds Infinity/],
  ["no rounds", withInstruction(updates, "_transform_max_iter", "BININT1", 1, 0x4b, 0), /_transform_max_iter is 0/],
  ["a patch of no height", withInstruction(patches, "patch_size", "BININT1", 1, 0x4b, 0), /two lengths as patch_size/],
] as const) {
  test(`rejects ${name}`, async () => {
    await assert.rejects(readModel(file), { code: "estimator-inconsistent", message });
  });
}

test("rejects a cluster of columns without a number", async () => {
  const file = withArrayBytes(pooled, "labels_", (v) => {
    for (let at = 0; at < v.byteLength; at += 8) v.setBigInt64(at, 5n, true);
  });

  await assert.rejects(readModel(file), {
    code: "estimator-inconsistent",
    message: /labels_ does not number 1 clusters from 0/,
  });
});

for (const [name, values] of [
  [
    "rows of different lengths",
    [
      [
        [1, 2, 3],
        [1, 2],
      ],
    ],
  ],
  [
    "a string",
    [
      [
        ["a", 2, 3],
        [1, 2, 3],
      ],
    ],
  ],
  ["numbers without rows", [[1, 2, 3]]],
  ["a pixel of no channels", [[[[], 2, 3]]]],
] as const) {
  test(`rejects an image with ${name}`, async () => {
    const { signature, run } = await readModel(patches);

    assert.throws(() => run("transform", readTable(values, signature)), {
      code: "input-not-rows",
      message: /Expected an image at row 1/,
    });
  });
}

test("rejects images of different sizes and images smaller than a patch", async () => {
  const { signature, run } = await readModel(patches);
  const image = [
    [1, 2, 3],
    [4, 5, 6],
  ];

  assert.throws(() => run("transform", readTable([image, [...image, [7, 8, 9]]], signature)), {
    code: "input-width",
    message: /The image at row 2.* has another size than the first/,
  });
  assert.throws(() => run("transform", readTable([[[1, 2, 3]]], signature)), { code: "input-width" });
});
