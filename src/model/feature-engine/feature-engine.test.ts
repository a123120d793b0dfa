// feature_engine's transformers. Fixtures: sklearn/fixtures/feature-engine-*; sklearn/same-numbers.test.ts compares
// their numbers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sklearnFixtureFile } from "../../../test/support/model-fixtures.js";
import { readModel, readTable } from "../index.js";

const read = (name: string) => readModel(sklearnFixtureFile("feature-engine-1.9.4", `${name}.p4.pkl`));

test("accepts missing values in the columns that a later step of a pipeline imputes", async () => {
  const { signature } = await read("pipeline");

  assert.deepEqual(
    signature.features.map(({ name, kind, missing }) => [name, kind, missing]),
    [
      ["city", "category", true],
      ["age", "number", true],
      ["size", "category", true],
      ["fare", "number", true],
    ],
  );
});

test("needs no value of a column that it drops", async () => {
  const { signature, run } = await read("drop");

  assert.deepEqual((await run("transform", readTable([{ age: 3, fare: 4 }], signature))).shape, [1, 2]);
});

for (const [what, name, row, code] of [
  [
    "a category that the training data did not have (unseen)",
    "ordinal",
    { city: "Paris", age: 1, size: "L", fare: 1 },
    "input-category-unknown",
  ],
  ["the logarithm of 0", "log", { age: 0, fare: 1 }, "input-out-of-range"],
  ["the reciprocal of 0", "reciprocal", { age: 1, fare: 0 }, "input-out-of-range"],
  ["the Box-Cox transform of 0", "box_cox", { age: 1, fare: 0 }, "input-out-of-range"],
  ["the arcsine of a number above 1", "arcsine", { age: 0.5, fare: 1.5 }, "input-out-of-range"],
] as const) {
  test(`rejects ${what}`, async () => {
    const model = await read(name);

    await assert.rejects(async () => model.run("transform", readTable([row], model.signature)), { code });
  });
}

for (const [what, name, from, to, code] of [
  ["an imputer without values", "mean_median", "imputer_dict_", "imputer_dicT_", "estimator-inconsistent"],
  [
    "a transformer that does not record its columns",
    "mean",
    "feature_names_in_",
    "feature_names_iN_",
    "estimator-unsupported",
  ],
  ["a tree discretiser without trees", "tree_bins", "binner_dict_", "binner_dicT_", "estimator-inconsistent"],
  ["combinations of columns without trees", "tree_features", "estimators_", "estimatorS_", "estimator-inconsistent"],
  ["a wrapper without its transformer", "wrapped_scaler", "transformer_", "transformeR_", "estimator-missing"],
  ["a function of columns that is unknown", "math_one", "mean", "meaN", "estimator-unsupported"],
  ["an operation that is unknown", "relative", "floordiv", "floordiV", "estimator-unsupported"],
  ["a transform without its powers", "yeo_johnson", "lambda_dict_", "lambda_dicT_", "estimator-inconsistent"],
  ["an encoder without numbers", "mean", "encoder_dict_", "encoder_dicT_", "estimator-inconsistent"],
] as const) {
  test(`rejects ${what}`, async () => {
    const text = Buffer.from(sklearnFixtureFile("feature-engine-1.9.4", `${name}.p4.pkl`)).toString("latin1");
    assert.ok(text.includes(from));

    await assert.rejects(readModel(Buffer.from(text.replace(from, to), "latin1")), { code });
  });
}
