// scikit-learn's SelectFromModel around LightGBM's estimators selects the columns that it selects in Python.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../test/support/project.js";
import { type Nested, readModel, readTable, type Scalar, toList } from "../index.js";

interface Expected {
  readonly input: readonly (readonly Scalar[])[];
  readonly transform: Nested;
}

const bytesOf = (file: string) => readFileSync(projectPath(`src/model/lightgbm/fixtures/selection/${file}`));

for (const name of ["mean", "median", "most"]) {
  test(`SelectFromModel selects by LightGBM's splits: ${name}`, async () => {
    const { input, transform } = JSON.parse(bytesOf(`${name}.expected.json`).toString()) as Expected;
    const model = await readModel(bytesOf(`${name}.pkl`));

    assert.deepEqual(toList(await model.run("transform", readTable(input, model.signature))), transform);
  });
}
