// A model has exactly the methods of its class in Python: a wrapper uses the first of its list, and an extra method
// would change its numbers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../test/support/project.js";
import { readModel } from "../index.js";

/** fixtures/list-methods.py: of each folder, the files by the methods that their objects have. */
type MethodTable = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const root = projectPath("src/model");
const table = JSON.parse(readFileSync(`${root}/registry/fixtures/methods.json`, "utf8")) as MethodTable;

/** Methods that hasattr finds and Tepal does not list. */
const absent: Readonly<Record<string, readonly string[]>> = {
  // It raises NotImplementedError for solver="lsqr".
  "sklearn.discriminant_analysis.LinearDiscriminantAnalysis": ["transform"],
  // It raises ValueError for multi_class="one_vs_one".
  "sklearn.gaussian_process.GaussianProcessClassifier": ["predict_proba"],
  // It draws a random column for each row.
  "sklearn.neural_network.BernoulliRBM": ["score_samples"],
};

for (const [folder, groups] of Object.entries(table)) {
  test(`every estimator of ${folder} lists the methods of its class`, async () => {
    for (const [names, files] of Object.entries(groups)) {
      const expected = names.split(" ");
      for (const file of files) {
        const { signature } = await readModel(readFileSync(`${root}/${folder}/${file}`));
        const found = signature.methods.map(({ name }): string => name);
        const left = expected.filter((name) => !found.includes(name));
        assert.deepEqual(
          found.filter((name) => !expected.includes(name)),
          [],
          `${file}: ${signature.type} has methods that its class does not have`,
        );
        assert.ok(
          left.every((name) => absent[signature.type]?.includes(name)),
          `${file}: ${signature.type} lacks ${left.join(", ")}`,
        );
      }
    }
  });
}

for (const file of ["xgboost/fixtures/3.2.0/binary_ubj.ubj", "lightgbm/fixtures/4.7.0/binary.txt"]) {
  test(`a booster alone only predicts: ${file}`, async () => {
    const { signature } = await readModel(readFileSync(`${root}/${file}`));

    assert.deepEqual(
      signature.methods.map(({ name }) => name),
      ["predict"],
    );
  });
}
