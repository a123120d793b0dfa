// imbalanced-learn's Pipeline. Fixtures: sklearn/fixtures/pipelines-1.9.1/sampled*.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sklearnFixtureFile } from "../../../test/support/model-fixtures.js";
import { pickleBytes, shortText } from "../../../test/support/pickle-bytes.js";
import { readModel } from "../index.js";

test("leaves samplers out of the steps that predict", async () => {
  const { signature } = await readModel(sklearnFixtureFile("pipelines-1.9.1", "sampled.p4.pkl"));

  assert.equal(signature.type, "imblearn.pipeline.Pipeline");
  assert.equal(signature.parameters.steps, "StandardScaler -> LogisticRegression");
});

test("rejects a pipeline that ends in a sampler", async () => {
  const steps = pickleBytes(shortText("smote"), "cimblearn.over_sampling._smote.base\nSMOTE\n)\x81\x86");
  const file = pickleBytes("\x80\x04cimblearn.pipeline\nPipeline\n)\x81}", shortText("steps"), "]", steps, "asb.");

  await assert.rejects(readModel(file), {
    code: "estimator-unsupported",
    message: "imblearn.pipeline.Pipeline: its last step is a sampler, which does not predict",
  });
});

test("reads the version that the estimators of an ensemble record", async () => {
  const { signature } = await readModel(sklearnFixtureFile("imblearn-0.11.0", "rus_boost.p4.pkl"));

  assert.equal(signature.type, "imblearn.ensemble.RUSBoostClassifier");
  assert.deepEqual(signature.libraries, { "scikit-learn": "1.2.2", numpy: "1.x" });
});
