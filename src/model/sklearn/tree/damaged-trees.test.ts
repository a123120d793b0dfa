// Damaged trees: rejected, or traversed in bounded time.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { tableOf } from "../../../../test/support/model-fixtures.js";
import { withArrayBytes, withInstruction } from "../../../../test/support/pickle-bytes.js";
import { projectPath } from "../../../../test/support/project.js";
import { readModel } from "../../index.js";

const fixture = (path: string) => new Uint8Array(readFileSync(projectPath(`src/model/sklearn/fixtures/${path}`)));
const tree = fixture("1.9.1/tree.p4.pkl");
const hist = fixture("ensembles-1.9.1/hist_poisson.p4.pkl");

/** Where a node of sklearn.tree has its children, its threshold and the way of a missing value. */
const [leftAt, rightAt, thresholdAt, missingAt] = [0, 8, 24, 56];
/** The same of a node of histogram boosting, which has no gaps. */
const [histFeatureAt, histLeftAt] = [12, 29];

for (const [name, file, message] of [
  [
    "a tree whose nodes share a child",
    withArrayBytes(tree, "nodes", (v) => v.setBigInt64(leftAt, 3n, true)),
    /nodes of a tree share a child/,
  ],
  [
    "a tree with a node that is the child of itself",
    withArrayBytes(tree, "nodes", (v) => {
      v.setBigInt64(leftAt, 0n, true);
      v.setBigInt64(rightAt, 0n, true);
    }),
    /node 0 of a tree has children out of order or range: 0 and 0/,
  ],
  [
    "a tree with a node of one child",
    withArrayBytes(tree, "nodes", (v) => v.setBigInt64(leftAt, -1n, true)),
    /node 0 of a tree has children out of order or range: -1 and/,
  ],
  [
    "a tree whose number of classes is not that of its values",
    withArrayBytes(tree, "Tree", (v) => v.setBigInt64(0, 2n, true)),
    /a tree of 1 outputs with 3 values each has \[2\] as its numbers of classes/,
  ],
  [
    "a tree whose node_count is not its number of nodes",
    withInstruction(tree, "node_count", "BININT1", 1, 0x4b, 1),
    /a tree has \d+ nodes, but its node_count is 1/,
  ],
  [
    "a tree that compares with NaN",
    withArrayBytes(tree, "nodes", (v) => v.setFloat64(thresholdAt, Number.NaN, true)),
    /node 0 of a tree compares with NaN/,
  ],
  [
    "a boosted tree that splits on a column that does not exist",
    withArrayBytes(hist, "nodes", (v) => v.setBigInt64(histFeatureAt, 99n, true)),
    /node 0 of a tree splits on feature 99/,
  ],
  [
    "a boosted tree whose children are out of range",
    withArrayBytes(hist, "nodes", (v) => v.setUint32(histLeftAt, 4_000_000, true)),
    /node 0 of a tree has children out of order or range/,
  ],
] as const) {
  test(`rejects ${name}`, async () => {
    await assert.rejects(readModel(file), { code: "estimator-inconsistent", message });
  });
}

test("a missing value's way that is no truth value leads to a leaf all the same", async () => {
  const model = await readModel(withArrayBytes(tree, "nodes", (v) => v.setUint8(missingAt, 0x81)));
  const result = await model.run("predict", tableOf([[Number.NaN, Number.NaN, Number.NaN, Number.NaN]]));

  assert.equal(result.data.length, 1);
  assert.ok(model.signature.classes?.includes(result.data[0]!));
});

test("rejects a missing value with its location where trees do not support it", async () => {
  const model = await readModel(fixture("1.2.1/tree.p4.pkl"));

  assert.throws(() => model.run("predict", tableOf([[1, 2, Number.NaN, 4]])), {
    code: "input-missing-value",
    message: /^Missing value at row 1, column 3 \("x2"\)/,
  });
});
