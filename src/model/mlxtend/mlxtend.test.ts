// mlxtend's estimators. Fixtures: sklearn/fixtures/mlxtend-*; sklearn/same-numbers.test.ts compares their numbers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sklearnFixtureFile, tableOf } from "../../../test/support/model-fixtures.js";
import { pickleBytes, shortText } from "../../../test/support/pickle-bytes.js";
import { readModel, readTable, toList } from "../index.js";

/** A ColumnSelector whose `cols` is the list of these opcodes. */
const selector = (...items: readonly (string | Uint8Array)[]) =>
  pickleBytes(
    "\x80\x04cmlxtend.feature_selection.column_selector\nColumnSelector\n)\x81}",
    shortText("cols"),
    "](",
    ...items,
    "esb.",
  );

test("offers predict_proba of hard votes too, as mlxtend does", async () => {
  const { signature } = await readModel(sklearnFixtureFile("mlxtend-0.25.0", "vote_hard.p4.pkl"));

  assert.deepEqual(
    signature.methods.map(({ name }) => name),
    ["predict", "predict_proba"],
  );
});

test("takes the columns that are selected by name, and no others", async () => {
  const { signature, run } = await readModel(selector(shortText("age"), shortText("fare")));

  assert.deepEqual(
    signature.features.map(({ name }) => name),
    ["age", "fare"],
  );
  assert.deepEqual(toList(await run("transform", readTable([{ fare: 2, age: 1 }], signature))), [[1, 2]]);
});

test("rejects a stack whose parts select different columns by name", async () => {
  const file = sklearnFixtureFile("mlxtend-0.25.0", "stacking_names_differ.p4.pkl");

  await assert.rejects(readModel(file), { code: "estimator-unsupported", message: /different columns by name/ });
});

test("rejects a selector of a negative column", async () => {
  await assert.rejects(readModel(selector("J\xff\xff\xff\xff")), { code: "estimator-inconsistent" });
});

test("rejects a table without a column that is selected", async () => {
  const model = await readModel(selector("K\x02"));

  assert.throws(() => model.run("transform", tableOf([[1, 2]])), {
    code: "input-width",
    message: "The model selects column 3 of a table of 2 columns",
  });
});
