// The table of families.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../test/support/project.js";
import { families, findFamily } from "./families.js";

test("lists every scikit-learn module that has a directory", async () => {
  const directories = readdirSync(projectPath("src/model/sklearn"), { withFileTypes: true });
  const loaded = await Promise.all([...families.values()].map(async (load) => (await load()).family.module));

  const expected = directories
    .filter((entry) => entry.isDirectory() && entry.name !== "fixtures")
    .map(({ name }) => (name === "loss" ? "sklearn._loss" : `sklearn.${name.replaceAll("-", "_")}`));
  assert.deepEqual([...new Set(loaded.filter((module) => module.startsWith("sklearn.")))].sort(), expected.sort());
});

test("finds each family by every module that its globals are named in", async () => {
  for (const load of new Set(families.values())) {
    const { family } = await load();
    const modules = [
      ...family.classes.flatMap(({ paths }) => paths),
      ...family.inertClasses.flatMap((row) => row.modules),
    ];
    for (const module of modules) {
      const found = findFamily(module);
      assert.ok(found, `no family for ${module}`);
      assert.equal((await found()).family, family, module);
    }
  }
});

for (const [module, family] of [
  ["sklearn.svm", "sklearn.svm"],
  ["sklearn.svm._classes", "sklearn.svm"],
  ["sklearn.linear_model.logistic", "sklearn.linear_model"],
  ["sklearn.ensemble._hist_gradient_boosting.loss", "sklearn.ensemble"],
  ["sklearn.preprocessing.imputation", "sklearn.impute"],
  ["sklearn.preprocessing.data", "sklearn.preprocessing"],
] as const) {
  test(`finds ${family} for the module ${module}`, async () => {
    assert.equal((await findFamily(module)!()).family.module, family);
  });
}

for (const module of ["", "sklearn", "sklearn.unknown", "svm", "os", "a".repeat(100), ".".repeat(1_000_000)]) {
  test(`finds no family for the module "${module.slice(0, 20)}" of ${module.length} characters`, () => {
    assert.equal(findFamily(module), undefined);
  });
}
