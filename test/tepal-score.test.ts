// tepal score as its users run it: the built command, a table of many rows, a process that is killed, a deployment.

import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { batchDefinition } from "../src/deploy/index.js";
import { deployIris } from "./support/deployed-iris.js";
import { projectPath } from "./support/project.js";
import { evaluated, predictState } from "./support/state-machine.js";
import { emptyHome, ended } from "./support/tepal.js";
import { until } from "./support/until.js";

const iris = projectPath("examples/iris/iris_model.sav");
const rows = 400_000;
const line = (i: number) => `${i},${4 + (i % 40) / 10},3.${i % 10},${1 + (i % 60) / 10},${(i % 25) / 10}\n`;
const header = "id,sepal_length,sepal_width,petal_length,petal_width\n";
const columns = ["--columns", "sepal_length,sepal_width,petal_length,petal_width"];

test("a run that is killed continues, and writes the bytes of a run that is not", async (t) => {
  const home = emptyHome(t);
  const path = (name: string) => join(home.folder, name);
  writeFileSync(path("rows.csv"), header + Array.from({ length: rows }, (_, i) => line(i)).join(""));
  const score = ["score", iris, "rows.csv", ...columns, "--method", "predict_proba", "--output"];
  const whole = await home.tepal([...score, "whole.csv"]);
  assert.equal(whole.status, 0, whole.err);

  const child = home.start([...score, "scored.csv"]);
  const hasCheckpoint = () => {
    const journal = existsSync(path("scored.csv.journal")) ? readFileSync(path("scored.csv.journal"), "utf8") : "";
    return journal.split("\n").length > 2 || existsSync(path("scored.csv"));
  };
  await until("the run has a checkpoint", hasCheckpoint);
  child.kill("SIGKILL");
  await ended(child);
  assert.ok(!existsSync(path("scored.csv")));

  const resumed = await home.tepal([...score, "scored.csv"]);

  assert.equal(resumed.status, 0, resumed.err);
  assert.match(resumed.err, /^Continued after [1-9]\d* rows/m);
  assert.ok(readFileSync(path("scored.csv")).equals(readFileSync(path("whole.csv"))));
});

test("reads standard input and writes standard output", async (t) => {
  const home = emptyHome(t);

  const { out, status, err } = await home.tepal(
    ["score", iris, "-", "--format", "csv", ...columns],
    `${header}a,5.9,3.0,5.1,2.3\nb,5.1,3.5,1.4,\n`,
  );

  assert.equal(status, 0, err);
  assert.equal(out, `${header.trim()},prediction\na,5.9,3.0,5.1,2.3,2\n`);
  assert.match(err, /1 rows were rejected: see tepal.rejects.csv/);
});

test("scores with a deployment what its model file scores, and rejects the same rows", async (t) => {
  const { tepal, folder } = await deployIris(t);
  const table = `${header}${Array.from({ length: 3_000 }, (_, i) => line(i)).join("")}bad,1,2,x,3\n`;
  writeFileSync(join(folder, "rows.csv"), table);
  const options = [...columns, "--method", "predict", "--output"];
  const local = await tepal("score", iris, "rows.csv", ...options, "local.csv");
  assert.equal(local.status, 0, local.err);

  for (const [output, ...more] of [["api.csv"], ["direct.csv", "--direct"]] as const) {
    const deployed = await tepal("score", "iris", "rows.csv", ...options, output, ...more);

    assert.equal(deployed.status, 0, deployed.err);
    assert.equal(readFileSync(join(folder, output), "utf8"), readFileSync(join(folder, "local.csv"), "utf8"));
    assert.match(
      readFileSync(join(folder, `${output}.rejects.csv`), "utf8"),
      /3002,.*Expected a number in column ""petal_length"".*"bad,1,2,x,3"/,
    );
  }
});

test("a deployed function returns predictions for the events of a Distributed Map", async (t) => {
  const { url } = await deployIris(t);
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const lambda = new LambdaClient({ endpoint: new URL(url).origin, region: "us-east-1", credentials });
  t.after(() => lambda.destroy());
  const names = ["sepal_length", "sepal_width", "petal_length", "petal_width"];
  const state = predictState(
    batchDefinition({
      functionArn: "arn:aws:lambda:us-east-1:000000000000:function:iris:prod",
      input: { bucket: "tables", key: "in/rows.csv" },
      format: "csv",
      output: { bucket: "tables", key: "out/" },
      columns: names.map((name) => ({ name, isNumber: true })),
      method: "predict",
      concurrency: 50,
    }),
  );
  const Items = [
    { id: "007", sepal_length: "5.9", sepal_width: "3.0", petal_length: "5.1", petal_width: "2.3" },
    { id: "008", sepal_length: "5.1", sepal_width: "3.5", petal_length: "1.4", petal_width: "0.2" },
  ];

  const event = await evaluated(state.Arguments.Payload, { input: { Items } });
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName: "iris", Qualifier: "prod", Payload: Buffer.from(JSON.stringify(event)) }),
  );
  const result = { Payload: JSON.parse(Buffer.from(Payload ?? []).toString()) };

  assert.equal(FunctionError, undefined);
  assert.deepEqual(
    await evaluated(state.Output, { input: { Items }, result }),
    Items.map((item, index) => ({ ...item, prediction: index === 0 ? 2 : 0 })),
  );
});
