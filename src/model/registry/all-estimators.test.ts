// Of scikit-learn's all_estimators(), those that predict or transform new rows with default parameters: none is
// unsupported.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../test/support/project.js";
import { allEstimatorClasses, findEstimatorClass } from "./registry.js";

/** fixtures/all-estimators.py: of each version, the classes under the names that files have. */
type EstimatorLists = Readonly<Record<string, readonly string[]>>;

const path = projectPath("src/model/registry/fixtures/all-estimators.json");
const lists = JSON.parse(readFileSync(path, "utf8")) as EstimatorLists;

for (const [version, names] of Object.entries(lists)) {
  test(`reads every estimator of scikit-learn ${version} that predicts or transforms new rows`, async () => {
    await allEstimatorClasses();

    assert.ok(names.length > 150, `${names.length} names`);
    assert.deepEqual(
      names.filter((name) => {
        const dot = name.lastIndexOf(".");
        return !findEstimatorClass(name.slice(0, dot), name.slice(dot + 1));
      }),
      [],
    );
  });
}
