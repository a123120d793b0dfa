// Edited files of linear and probabilistic models, rows that they reject, and parts that no fixture covers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sklearnFixtureFile } from "../../../../test/support/model-fixtures.js";
import { withArrayBytes } from "../../../../test/support/pickle-bytes.js";
import { listOfScores } from "../../estimator/linear-scores.js";
import { readModel } from "../../index.js";
import { besselK } from "../gaussian-process/bessel.js";

const fixture = (file: string) => sklearnFixtureFile("1.9.1", file);

const changed: readonly (readonly [string, Uint8Array, RegExp])[] = [
  [
    "thresholds that do not rise",
    withArrayBytes(fixture("isotonic_float32.p3.pkl"), "X_thresholds_", (v) => v.setFloat32(0, 7, true)),
    /its thresholds do not rise/,
  ],
  [
    "a threshold that is not a number",
    withArrayBytes(fixture("isotonic_float32.p3.pkl"), "X_thresholds_", (v) => v.setFloat32(4, Number.NaN, true)),
    /its thresholds do not rise/,
  ],
  [
    "a scaling that is not a number",
    withArrayBytes(fixture("pls.p5.pkl"), "_x_std", (v) => v.setFloat64(0, Number.NaN, true)),
    /_x_std holds NaN/,
  ],
];

for (const [name, file, message] of changed) {
  test(`rejects a model with ${name}`, async () => {
    await assert.rejects(async () => readModel(file), { code: "estimator-inconsistent", message });
  });
}

test("rejects a category that was not in the training data, with its column", async () => {
  const model = await readModel(fixture("nb_categorical.p4.pkl"));
  const data = Float64Array.of(0, 1, 2, 1, 9);
  await assert.rejects(async () => model.run("predict", { kind: "matrix", rows: 1, columns: 5, data }), {
    code: "input-category-unknown",
    message: 'The value at row 1, column 5 ("x4") is 9; the training categories are 0 to 3',
  });
});

test("a linear model adds a sparse row's entries alone, in their order", () => {
  const scores = listOfScores({
    outputs: 2,
    features: 3,
    weights: Float64Array.of(1e16, 1, -1e16, 1, 2, Number.POSITIVE_INFINITY),
    intercepts: Float64Array.of(0, 10),
    flat: false,
  });
  const table = {
    kind: "sparse" as const,
    rows: 2,
    columns: 3,
    data: Float64Array.of(1, 1, 1, 3),
    indices: Int32Array.of(0, 2, 1, 1),
    indptr: Int32Array.of(0, 3, 4),
  };

  assert.deepEqual(scores.run(table), {
    shape: [2, 2],
    data: Float64Array.of(1, Number.POSITIVE_INFINITY, 3, 16),
  });
});

for (const [order, x, expected] of [
  [0.9, 1.3, 0.3527025159860645],
  [6.3, 0.02, 401708980350071.6],
  [0.3, 1e-9, 922.9461778632359],
  [2.5, 40, 9.066005151810604e-19],
  [0.9, 1e300, 0],
] as const) {
  test(`the Bessel function K of order ${order} at ${x} is that of scipy`, () => {
    assert.ok(Math.abs(besselK(order, x) - expected) <= 1e-14 * expected, `${besselK(order, x)}`);
  });
}
