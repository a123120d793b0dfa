// Several fitted objects as one model, as users do it: predicted, deployed to the local cloud, replaced, and run.

import assert from "node:assert/strict";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { projectPath } from "./support/project.js";
import { emptyHome, ended, freePort, printed } from "./support/tepal.js";

const fixtures = projectPath("src/model/chain/fixtures/1.9.1");
const row = '[{"tenure":3,"age":40,"MonthlyCharges":50}]';
const spec = `
model:
  columns: bundle.pkl::features
  steps: [bundle.pkl::scaler, bundle.pkl::model]
  decode: bundle.pkl::label_encoder
  threshold: bundle.pkl::threshold
`;

function home(t: TestContext, ...files: readonly string[]) {
  const made = emptyHome(t, { cache: projectPath(".build/cache") });
  for (const file of files) copyFileSync(join(fixtures, file), join(made.folder, file));
  return made;
}

test("predicts with several files and with members of one", async (t) => {
  const { tepal } = home(t, "scaler.pkl", "logistic.pkl", "pair.bin");

  const files = await tepal(["predict", "scaler.pkl", "logistic.pkl", "[[3,50]]"]);
  const members = await tepal(["predict", "pair.bin::0", "pair.bin::1", '[{"tenure":3,"city":"Oslo"}]']);

  assert.deepEqual([files.status, files.out], [0, '["yes"]\n'], files.err);
  assert.deepEqual([members.status, members.out], [0, "[0]\n"], members.err);
});

test("proposes the spec file of a bundle, which then works", async (t) => {
  const { tepal, folder } = home(t, "bundle.pkl");

  const proposed = await tepal(["inspect", "bundle.pkl"]);
  const [, yaml = ""] = /# tepal\.yaml\n([\s\S]*?)\n {2}\[/.exec(proposed.err) ?? [];
  writeFileSync(join(folder, "tepal.yaml"), yaml.replaceAll(/^ {2}/gm, ""));
  const predicted = await tepal(["predict", row]);

  assert.equal(proposed.status, 1);
  assert.deepEqual([predicted.status, predicted.out], [0, '["yes"]\n'], predicted.err);
});

test("deploys a spec file's model, sends only a changed file, and runs its image", async (t) => {
  const port = String(await freePort());
  const { tepal, folder, start } = emptyHome(t, {
    last: ["cloud", "stop", "--port", port],
    cache: projectPath(".build/cache"),
  });
  copyFileSync(join(fixtures, "bundle.pkl"), join(folder, "bundle.pkl"));
  writeFileSync(join(folder, "tepal.yaml"), spec);

  const first = await tepal(["deploy", "--name", "churn", "--port", port]);
  assert.equal(first.status, 0, first.err);
  writeFileSync(join(folder, "tepal.yaml"), spec.replace(/ {2}threshold: .*/, "  threshold: 0.99"));
  const second = await tepal(["deploy", "--name", "churn", "--port", port]);
  const invoked = await tepal(["invoke", "churn", `{"values":${row}}`, "--port", port]);
  await tepal(["build", "--output", "image"]);
  const runPort = String(await freePort());
  const child = start(["run", "image", "--port", runPort]);
  await printed(child, "Serving ");
  const response = await fetch(`http://127.0.0.1:${runPort}/predict`, { method: "POST", body: `{"values":${row}}` });
  const stopped = ended(child);
  child.kill("SIGTERM");

  assert.match(second.err, /push +[\d.]+ KB sent, \d+ MB already in the repository/);
  assert.deepEqual([invoked.status, invoked.out], [0, '["no"]\n'], invoked.err);
  assert.equal(await response.text(), '["no"]');
  assert.equal((await stopped).status, 0);
});
