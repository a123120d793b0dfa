import assert from "node:assert/strict";
import { test } from "node:test";
import { sklearnFixtureFile } from "../../../../test/support/model-fixtures.js";
import { type Model, readModel, readTable, toList } from "../../index.js";

const fixture = (name: string): Promise<Model> => readModel(sklearnFixtureFile("transformers-1.9.1", `${name}.pkl`));

test("rejects a category that was not in the training data, with its location, unless the encoder accepts it", async () => {
  const strict = await fixture("onehot");
  const table = readTable(
    [
      ["Oslo", "M"],
      ["Oslo", "XL"],
    ],
    strict.signature,
  );
  assert.throws(() => strict.run("transform", table), {
    code: "input-category-unknown",
    message: /The value "XL" at row 2, column 2 \("[^"]+"\) was not in the training data/,
  });
  const lenient = await fixture("onehot_drop_ignore");
  assert.deepEqual(toList(await lenient.run("transform", readTable([["Paris", "XL"]], lenient.signature))), [
    [0, 0, 0, 0, 0, 0],
  ]);
});
