// Requests to models of tables with names and categories: the signature, and errors that say where.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sklearnFixtureFile } from "../../../../test/support/model-fixtures.js";
import { type Model, readModel, readTable } from "../../index.js";

const fixture = (name: string): Promise<Model> => readModel(sklearnFixtureFile("transformers-1.9.1", `${name}.pkl`));
const row = { age: 42, city: "Oslo", size: "M", score: 2.5, unused: "anything" };

test("describes the columns of a mixed table: names, kinds, categories and missing values", async () => {
  const { signature } = await fixture("table_mixed");
  assert.equal(signature.named, true);
  assert.deepEqual(
    signature.features.map(({ name, kind, missing }) => [name, kind, missing]),
    [
      ["age", "number", true],
      ["city", "category", true],
      ["size", "category", true],
      ["score", "number", false],
      ["unused", "category", true],
    ],
  );
  assert.deepEqual(signature.features[2]!.categories, ["L", "M", "S"]);
});

test("predicts a row by name, in any order, as the same row in the order of the columns", async () => {
  const model = await fixture("table_mixed");
  const byName = readTable([Object.fromEntries(Object.entries(row).reverse())], model.signature);
  const inOrder = readTable([Object.values(row)], model.signature);
  assert.deepEqual(await model.run("predict_proba", byName), await model.run("predict_proba", inOrder));
});

test("allows a row by name to omit only a column that the model does not use", async () => {
  const { signature } = await fixture("table_mixed");
  const { unused, ...rest } = row;
  const { city, ...less } = row;
  assert.deepEqual(readTable([rest], signature), readTable([{ ...row, unused: null }], signature), unused);
  assert.throws(() => readTable([less], signature), { code: "input-name-missing", message: /city/ }, city);
  assert.throws(() => readTable([{ ...rest, town: "Oslo" }], signature), { code: "input-name-unknown" });
});

for (const [name, changes, code, message] of [
  ["null in a column that nothing fills", { score: null }, "input-missing-value", /row 1, column 4 \("score"\)/],
  [
    "a string in a column of numbers",
    { age: "old" },
    "input-not-a-number",
    /Expected a number at row 1, column 1 \("age"\)/,
  ],
  ["a list as a category", { city: ["Oslo"] }, "input-not-a-number", /row 1, column 2 \("city"\)/],
  ["a column that the training data did not have", { town: "Oslo" }, "input-name-unknown", /"town"/],
] as const) {
  test(`a mixed table rejects ${name}`, async () => {
    const { signature } = await fixture("table_mixed");
    assert.throws(() => readTable([{ ...row, ...changes }], signature), { code, message });
  });
}

test("accepts any value in the columns that pass unchanged where no step follows", async () => {
  const { signature, run } = await readModel(sklearnFixtureFile("estimators-1.9.1", "passthrough_alone.p4.pkl"));

  assert.deepEqual(
    signature.features.map(({ name, kind }) => [name, kind]),
    [
      ["age", "number"],
      ["city", "category"],
      ["rooms", "category"],
    ],
  );
  const { data } = await run("transform", readTable([{ age: 30.5, city: "Rome", rooms: 3 }], signature));
  assert.deepEqual(Array.from(data), [0, "Rome", 3]);
});
