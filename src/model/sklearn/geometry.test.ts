// Edited files of neighbors, clusters and decompositions, and parts that no fixture covers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sklearnFixtureFile } from "../../../test/support/model-fixtures.js";
import { withArrayBytes, withInstruction } from "../../../test/support/pickle-bytes.js";
import { readModel } from "../index.js";
import { invert, logDeterminant } from "../math/linear-algebra.js";
import { NeighborHeap, type TieSort } from "./neighbors/heap.js";

const fixture = (file: string) => sklearnFixtureFile("neighbors-1.9.1", file);
const tree = fixture("knn_kd_ties.p4.pkl");
const outliers = fixture("outlier_factor_ties.p4.pkl");
const topics = fixture("topics.p5.pkl");

const rows: readonly (readonly [string, Uint8Array, string, RegExp])[] = [
  [
    "a tree that names a point that does not exist",
    withArrayBytes(tree, "KDTree", (v) => v.setBigInt64(0, 60n, true)),
    "estimator-inconsistent",
    /its tree names points that do not exist/,
  ],
  [
    "a tree whose node ends beyond its points",
    withArrayBytes(outliers, "V32", (v) => v.setBigInt64(8, 61n, true)),
    "estimator-inconsistent",
    /node 0 of its tree is out of range/,
  ],
  [
    "a tree whose last node is no leaf",
    withArrayBytes(outliers, "V32", (v) => v.setBigInt64(16, 0n, true)),
    "estimator-inconsistent",
    /node 0 of its tree has no children/,
  ],
  [
    "a label that is not one of the classes",
    withArrayBytes(tree, "_y", (v) => v.setBigInt64(0, 3n, true)),
    "estimator-inconsistent",
    /_y names classes that do not exist/,
  ],
  [
    "a negative label",
    withArrayBytes(tree, "_y", (v) => v.setBigInt64(8, -1n, true)),
    "estimator-inconsistent",
    /_y names classes/,
  ],
  [
    "more neighbors than rows",
    withInstruction(tree, "n_neighbors", "BININT1", 1, 0x4b, 61),
    "estimator-inconsistent",
    /it uses 61 neighbors of 60 rows/,
  ],
  [
    "no neighbors at all",
    withInstruction(tree, "n_neighbors", "BININT1", 1, 0x4b, 0),
    "estimator-inconsistent",
    /it uses 0 neighbors/,
  ],
  [
    "densities that are not numbers",
    withArrayBytes(outliers, "_lrd", (v) => v.setFloat64(0, Number.NaN, true)),
    "estimator-inconsistent",
    /_lrd holds NaN/,
  ],
  [
    "outliers that were not fitted to predict",
    withInstruction(outliers, "novelty", "NEWTRUE", 1, 0x89),
    "estimator-unsupported",
    /it was fitted to score its own training rows/,
  ],
  [
    "topics with an infinite weight",
    withArrayBytes(topics, "exp_dirichlet_component_", (v) => v.setFloat64(0, Number.POSITIVE_INFINITY, true)),
    "estimator-inconsistent",
    /exp_dirichlet_component_ holds Infinity/,
  ],
];
for (const [name, file, code, message] of rows) {
  test(`rejects ${name}`, async () => {
    await assert.rejects(readModel(file), { code, message });
  });
}

test("a row without neighbors has the outliers' label", async () => {
  const labeled = await readModel(fixture("radius.p5.pkl"));
  const far = { kind: "matrix", rows: 1, columns: 4, data: Float64Array.of(99, 99, 99, 99) } as const;

  assert.deepEqual((await labeled.run("predict", far)).data, ["none"]);
});

test("counts of words must not be negative", async () => {
  const model = await readModel(topics);
  const data = new Float64Array(40);
  data[23] = -1;

  assert.throws(() => model.run("transform", { kind: "matrix", rows: 2, columns: 20, data }), {
    code: "input-negative",
    message: "Row 2, column 4 holds -1; it must not be negative",
  });
});

for (const sort of ["quicksort", "introsort"] satisfies TieSort[]) {
  test(`a heap sorted by ${sort} holds the nearest, in order`, () => {
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

test("a matrix times its inverse is the unit matrix, and a singular one has no inverse", () => {
  const matrix = Float64Array.of(0, 2, 1, 1, 0, 3, 4, 1, 0);
  const inverse = invert(matrix, 3)!;
  const product = Array.from({ length: 9 }, (_, at) => {
    const [row, column] = [Math.floor(at / 3), at % 3];
    return [0, 1, 2].reduce((sum, k) => sum + matrix[row * 3 + k]! * inverse[k * 3 + column]!, 0);
  });

  for (const [at, value] of product.entries()) assert.ok(Math.abs(value - (at % 4 === 0 ? 1 : 0)) < 1e-15);
  assert.equal(invert(Float64Array.of(1, 2, 2, 4), 2), undefined);
  assert.ok(Math.abs(logDeterminant(matrix, 3) - Math.log(25)) < 1e-15);
  assert.equal(logDeterminant(Float64Array.of(0, 1, 1, 0), 2), Number.NEGATIVE_INFINITY);
});
