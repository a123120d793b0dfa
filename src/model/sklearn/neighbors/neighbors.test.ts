// Edited files of nearest neighbors: trees, labels and counts that contradict each other.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sklearnFixtureFile } from "../../../../test/support/model-fixtures.js";
import { withArrayBytes, withInstruction } from "../../../../test/support/pickle-bytes.js";
import { readModel } from "../../index.js";

const fixture = (file: string) => sklearnFixtureFile("neighbors-1.9.1", file);
const tree = fixture("knn_kd_ties.p4.pkl");
const outliers = fixture("outlier_factor_ties.p4.pkl");

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
];
for (const [name, file, code, message] of rows) {
  test(`rejects ${name}`, async () => {
    await assert.rejects(readModel(file), { code, message });
  });
}

test("only finds the neighbors with an outlier factor that was not fitted to predict", async () => {
  const { signature } = await readModel(withInstruction(outliers, "novelty", "NEWTRUE", 1, 0x89));

  assert.deepEqual(
    signature.methods.map(({ name }) => name),
    ["kneighbors"],
  );
});

test("predicts the outliers' label for a row without neighbors", async () => {
  const labeled = await readModel(fixture("radius.p5.pkl"));
  const far = { kind: "matrix", rows: 1, columns: 4, data: Float64Array.of(99, 99, 99, 99) } as const;

  assert.deepEqual((await labeled.run("predict", far)).data, ["none"]);
});
