// Several fitted objects as one model, as users do it: predicted, deployed to the local cloud, replaced, and run.

import assert from "node:assert/strict";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { readImage } from "../src/image/index.js";
import { machinePlatform } from "./support/machine.js";
import { projectPath } from "./support/project.js";
import { emptyHome, ended, freePort, printed } from "./support/tepal.js";

const fixtures = projectPath("src/model/chain/fixtures/1.9.1");
/** What a change of one small file sends: its layer, the manifest, and the image's configuration. */
const changedKbMax = 8;
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
  const built = await tepal(["build", "--output", "image"]);
  const runPort = String(await freePort());
  const child = start(["run", "image", "--port", runPort]);
  await printed(child, "Serving ");
  const response = await fetch(`http://127.0.0.1:${runPort}/predict`, { method: "POST", body: `{"values":${row}}` });
  const stopped = ended(child);
  child.kill("SIGTERM");

  assert.equal(second.status, 0, second.err);
  const [, sent] = /push +([\d.]+) KB sent, \d+ MB already in the repository/.exec(second.err) ?? [];
  assert.ok(Number(sent) < changedKbMax, second.err);
  assert.deepEqual([invoked.status, invoked.out], [0, '["no"]\n'], invoked.err);
  assert.equal(built.status, 0, built.err);
  assert.equal(await response.text(), '["no"]');
  assert.equal((await stopped).status, 0);
});

test("a changed scaler uploads its layer alone, and a rollback serves the scaler before", async (t) => {
  const port = String(await freePort());
  const { tepal, folder } = emptyHome(t, {
    last: ["cloud", "stop", "--port", port],
    cache: projectPath(".build/cache"),
  });
  for (const file of ["scaler.pkl", "logistic.pkl"]) copyFileSync(join(fixtures, file), join(folder, file));
  const run = async (...args: readonly string[]) => {
    const { status, out, err } = await tepal(args);
    assert.equal(status, 0, `tepal ${args.join(" ")}: ${err}`);
    return out;
  };
  const target = ["--port", port];
  const predict = () => run("invoke", "churn", "[[0,0]]", ...target);

  await run("build", "scaler.pkl", "logistic.pkl", "--output", "first");
  await run("deploy", "first", "--name", "churn", ...target);
  const before = await predict();
  copyFileSync(join(fixtures, "../bundles/named-scaler.pkl"), join(folder, "scaler.pkl"));
  await run("build", "scaler.pkl", "logistic.pkl", "--output", "second.tar");
  const deployed = JSON.parse(
    await run("deploy", "scaler.pkl", "logistic.pkl", "--name", "churn", "--json", ...target),
  );
  const after = await predict();
  const [listed] = JSON.parse(await run("list", "--json", ...target));
  await run("rollback", "churn", ...target);

  assert.deepEqual([before, after, await predict()], ['["no"]\n', '["yes"]\n', '["no"]\n']);
  const [first, second] = await Promise.all(["first", "second.tar"].map((name) => layersOf(join(folder, name))));
  const changed = second!.filter(({ digest }) => !first!.some((layer) => layer.digest === digest));
  assert.equal(changed.length, 1);
  const [pushed] = deployed.steps.flatMap((step: { pushed?: { bytesSent: number } }) => step.pushed ?? []);
  // The layer, the manifest and the configuration, which list all layers.
  assert.ok(pushed.bytesSent >= changed[0]!.size && pushed.bytesSent < changedKbMax * 1_000, `${pushed.bytesSent} B`);
  assert.deepEqual([listed.name, listed.stage, listed.version], ["churn", "prod", "2"]);
  assert.match(listed.model, /StandardScaler -> \S+LogisticRegression/);
});

async function layersOf(path: string) {
  return (await readImage(path, { platform: machinePlatform })).layers;
}
