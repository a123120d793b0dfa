// Encoders of category_encoders. Fixtures: sklearn/fixtures/category-encoders-*; their numbers are compared in
// sklearn/same-numbers.test.ts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtureVersions, sklearnFixtureFile } from "../../../test/support/model-fixtures.js";
import { readModel, readTable } from "../index.js";

const versions = fixtureVersions.filter((name) => name.startsWith("category-encoders-"));
const read = (version: string, name: string) => readModel(sklearnFixtureFile(version, `${name}.p4.pkl`));

for (const version of versions) {
  test(`rejects a category that ${version} rejects, with its row and column`, async () => {
    const model = await read(version, "error");
    const table = readTable([{ age: 30, size: "XXL", code: 3 }], model.signature);

    await assert.rejects(async () => model.run("transform", table), {
      code: "input-category-unknown",
      message: 'The value "XXL" at row 1, column 2 ("size") was not in the training data',
    });
  });

  test(`rejects a missing value where ${version} was told to (handle_missing)`, async () => {
    const { signature } = await read(version, "error");

    assert.throws(() => readTable([{ age: 30, size: null, code: 3 }], signature), { code: "input-missing-value" });
  });

  test(`lists the categories of the training data, from ${version}`, async () => {
    const { signature } = await read(version, "target_pipeline");

    const [city, age] = signature.features;
    assert.deepEqual(
      [city?.kind, [...(city?.categories ?? [])].sort()],
      ["category", ["Bern", "Kyiv", "Lima", "Oslo", "Rome"]],
    );
    assert.deepEqual([age?.kind, age?.missing], ["number", false]);
    assert.equal(signature.named, true);
  });
}

test("rejects an encoder that does not record the columns that it passes", async () => {
  const file = sklearnFixtureFile("category-encoders-2.2.2", "supplied.p4.pkl");
  const renamed = Buffer.from(Buffer.from(file).toString("latin1").replace("feature_names", "feature_named"), "latin1");

  await assert.rejects(readModel(renamed), {
    code: "estimator-unsupported",
    hint: "Fit it again with category_encoders 2.6 or newer.",
  });
});
