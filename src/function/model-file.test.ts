import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { chainFixture } from "../../test/support/chain-fixtures.js";
import { temporaryDirectory } from "../../test/support/temporary-directory.js";
import { TepalError } from "../base/index.js";
import { loadModel } from "./model-file.js";

/** The directory of a bundle whose model is a scaler and a classifier, with this chain.json. */
function bundleWith(t: TestContext, chain: string): string {
  const home = temporaryDirectory(t);
  mkdirSync(`${home}/model`);
  for (const file of ["scaler.pkl", "logistic.pkl"]) writeFileSync(`${home}/model/${file}`, chainFixture(file));
  writeFileSync(`${home}/scaler.pkl`, chainFixture("scaler.pkl"));
  writeFileSync(`${home}/model/chain.json`, chain);
  return home;
}

for (const named of [undefined, "model/chain.json"]) {
  test(`loads the chain of the model directory with TEPAL_MODEL ${named ?? "unset"}`, async (t) => {
    const home = bundleWith(t, '{"steps": ["scaler.pkl", "logistic.pkl"]}');

    const { signature } = await loadModel(named, home);

    assert.match(signature.type, /StandardScaler -> .*LogisticRegression$/);
  });
}

for (const file of ["../scaler.pkl", "/etc/passwd", "..\\\\scaler.pkl", "sub/scaler.pkl", "..", ".hidden"]) {
  test(`rejects a chain.json that names the path ${file}`, async (t) => {
    const home = bundleWith(t, `{"steps": ["${file}", "logistic.pkl"]}`);

    await assert.rejects(loadModel(undefined, home), { code: "model-file-not-found", message: /names a path/ });
  });
}

for (const [name, chain, code] of [
  ["is not JSON", "{", "input-not-json"],
  ["has an unknown key", '{"steps": ["logistic.pkl"], "run": "rm"}', "chain-invalid"],
  ["is nested deeply", `{"steps": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`, "chain-invalid"],
  ["names a file that does not exist", '{"steps": ["scaler.pkl", "none.pkl"]}', "model-file-not-found"],
  ["names itself", '{"steps": ["chain.json", "logistic.pkl"]}', "estimator-missing"],
] as const) {
  test(`rejects a chain.json that ${name}`, async (t) => {
    await assert.rejects(loadModel(undefined, bundleWith(t, chain)), (error: unknown) => {
      assert.ok(error instanceof TepalError, String(error));
      if (code) assert.equal(error.code, code);
      return true;
    });
  });
}
