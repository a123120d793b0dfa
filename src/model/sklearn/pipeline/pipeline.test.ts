// Errors about a value of an inner table. Fixtures: ../fixtures/pipelines-1.9.1.

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
