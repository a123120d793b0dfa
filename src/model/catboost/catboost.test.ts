// What a CatBoost model accepts, and what its signature says.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pickleBytes } from "../../../test/support/pickle-bytes.js";
import { projectPath } from "../../../test/support/project.js";
import { readModel, readTable, type Scalar, toList } from "../index.js";

const root = projectPath("src/model/catboost/fixtures/1.2.10");
const bytesOf = (name: string) => new Uint8Array(readFileSync(`${root}/${name}`));

async function probabilityOf(name: string, ...row: readonly Scalar[]) {
  const model = await readModel(bytesOf(name));
  return toList(await model.run("predict_proba", readTable([row], model.signature)));
}

test("lists names, kinds, missing values, classes and parameters", async () => {
  const { signature } = await readModel(bytesOf("one_hot.cbm"));

  assert.deepEqual(signature, {
    format: "catboost",
    type: "catboost.CatBoostClassifier",
    libraries: { catboost: "1.2.10" },
    features: [
      { name: "size", kind: "number", missing: true },
      { name: "city", kind: "category", missing: false },
      { name: "floor", kind: "category", missing: true, unused: true },
      { name: "color", kind: "category", missing: false },
    ],
    named: true,
    classes: [0, 1],
    parameters: { loss_function: "Logloss", depth: 3, learning_rate: 0.5, grow_policy: "SymmetricTree", trees: 4 },
    methods: [
      { name: "predict", output: { kind: "label" } },
      { name: "predict_proba", output: { kind: "number", columns: 2 } },
      { name: "predict_log_proba", output: { kind: "number", columns: 2 } },
    ],
  });
});

test("names the columns of an array by number", async () => {
  const { signature } = await readModel(bytesOf("binary.cbm"));

  assert.equal(signature.named, false);
  assert.deepEqual(
    signature.features.map(({ name }) => name),
    ["x0", "x1", "x2", "x3", "x4"],
  );
});

test("predicts without a column that no tree uses", async () => {
  const model = await readModel(bytesOf("one_hot.cbm"));
  const row = { size: 0.5, city: "Oslo", color: "red" };
  const run = async (rows: readonly unknown[]) =>
    toList(await model.run("predict_proba", readTable(rows, model.signature)));

  assert.deepEqual(await run([row]), await run([{ ...row, floor: 3 }]));
});

test("treats a number as the category of its digits, and a boolean as 1 or 0", async () => {
  const expected = await probabilityOf("combinations.cbm", 0.5, "Oslo", "1", "red");

  assert.deepEqual(await probabilityOf("combinations.cbm", 0.5, "Oslo", 1, "red"), expected);
  assert.deepEqual(await probabilityOf("combinations.cbm", 0.5, "Oslo", true, "red"), expected);
  assert.notDeepEqual(await probabilityOf("combinations.cbm", 0.5, "Oslo", "true", "red"), expected);
});

for (const [what, row, code, message] of [
  [
    "a fraction as a category",
    [0.5, "Oslo", 1.5, "red"],
    "input-not-a-number",
    /integer as the category at row 1, column 3 \("floor"\), found 1.5/,
  ],
  [
    "a missing category",
    [0.5, null, 1, "red"],
    "input-missing-value",
    /Missing value \(null\) at row 1, column 2 \("city"\)/,
  ],
  ["a string as a number", ["a", "Oslo", 1, "red"], "input-not-a-number", /Expected a number at row 1, column 1/],
] as const) {
  test(`rejects ${what}`, async () => {
    await assert.rejects(probabilityOf("combinations.cbm", ...row), { code, message });
  });
}

test("reads a pickle of Python 2, where bytes are a str", async () => {
  const model = bytesOf("binary.cbm");
  const size = new Uint8Array(Uint32Array.of(model.length).buffer);
  const pickle = pickleBytes(0x80, 2, "ccatboost.core\nCatBoostClassifier\n)\x81}U\x07__modelT", size, model, "sb.");

  const { signature } = await readModel(pickle);

  assert.deepEqual(signature.features, (await readModel(model)).signature.features);
});

test("rejects a classifier that is not fitted", async () => {
  const pickle = pickleBytes(0x80, 2, "ccatboost.core\nCatBoostClassifier\n)\x81}U\x05depthK\x03sb.");

  await assert.rejects(readModel(pickle), { code: "estimator-inconsistent", message: /expected a model's bytes/ });
});
