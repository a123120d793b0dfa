// Errors about a value of an inner table. Fixtures: ../fixtures/pipelines-1.9.1 and estimators-1.9.1.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sklearnFixtureFile } from "../../../../test/support/model-fixtures.js";
import { readModel, readTable } from "../../index.js";

test("names the request's column where a later step rejects a value", async () => {
  const { signature, run } = await readModel(sklearnFixtureFile("pipelines-1.9.1", "text_through_numbers.p4.pkl"));
  const rows = [
    [20, "Oslo", 1, "S"],
    [20, "Paris", 1, "S"],
  ];

  assert.throws(() => run("predict", readTable(rows, signature)), {
    code: "input-category-unknown",
    message: 'The value "Paris" at row 2, column 2 ("city") was not in the training data',
    place: { row: 2, column: 2 },
  });
});

test("names the request's column where a ColumnTransformer reorders the columns", async () => {
  const { signature, run } = await readModel(sklearnFixtureFile("pipelines-1.9.1", "text_through_pandas.p4.pkl"));

  assert.throws(() => run("predict", readTable([[20, "Oslo", 1, "XL"]], signature)), {
    code: "input-category-unknown",
    message: 'The value "XL" at row 1, column 4 ("size") was not in the training data',
  });
});

for (const [file, row, code, message] of [
  [
    "inner_categories.p4.pkl",
    [1, 0, 7],
    "input-category-unknown",
    'The value at row 2, column 3 ("x2") is 7; the training categories are 0 to 3',
  ],
  [
    "inner_topics.p5.pkl",
    [-2, 0, 1],
    "input-negative",
    'The value at row 2, column 1 ("x0") is -2; it must not be negative',
  ],
  [
    "inner_isotonic.p2.pkl",
    [1, 1, 9],
    "input-out-of-range",
    'The value 9 at row 2, column 3 ("x2") is outside of the training range, 0 to 3',
  ],
] as const) {
  test(`names the request's column where the last step after a selection rejects a value: ${code}`, async () => {
    const { signature, run } = await readModel(sklearnFixtureFile("estimators-1.9.1", file));
    const { name } = signature.methods[0]!;

    assert.throws(() => run(name, readTable([[1, 1, 1], row], signature)), { code, message });
  });
}

test("has no method of its last step that Python's Pipeline does not pass on", async () => {
  const { signature } = await readModel(sklearnFixtureFile("neighbors-1.9.1", "pca_pipeline.joblib"));

  assert.deepEqual(
    signature.methods.map(({ name }) => name),
    ["predict", "predict_proba"],
  );
});
