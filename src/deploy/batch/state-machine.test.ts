import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import validator from "asl-validator";
import { projectPath } from "../../../test/support/project.js";
import { evaluated, predictState } from "../../../test/support/state-machine.js";
import { readModel, readTable, toJson } from "../../model/index.js";
import { batchRole } from "./batch-role.js";
import { type BatchJob, batchDefinition } from "./state-machine.js";

const irisColumns = ["sepal_length", "sepal_width", "petal_length", "petal_width"];
const job: BatchJob = {
  functionArn: "arn:aws:lambda:us-east-1:000000000000:function:iris:prod",
  input: { bucket: "tables", key: "in/rows.csv" },
  format: "csv",
  output: { bucket: "tables", key: "out/" },
  columns: irisColumns.map((name) => ({ name, isNumber: true })),
  method: "predict",
  concurrency: 50,
};

for (const [name, changes] of [
  ["one CSV object", {}],
  ["one JSON Lines object", { format: "jsonl", input: { bucket: "tables", key: "in/rows.jsonl" } }],
  ["all objects under a prefix", { input: { bucket: "tables", key: "in/" } }],
] as const) {
  test(`the state machine for ${name} is valid for asl-validator`, () => {
    const { isValid, errorsText } = validator(batchDefinition({ ...job, ...changes }));

    assert.ok(isValid, errorsText());
  });
}

const model = readModel(readFileSync(projectPath("examples/iris/iris_model.sav")));

for (const [name, format, items] of [
  [
    "batched rows of CSV, whose cells are strings",
    "csv",
    [
      { id: "007", sepal_length: "5.9", sepal_width: "3.0", petal_length: "5.1", petal_width: "2.3" },
      { id: "008", sepal_length: "5.1", sepal_width: "3.5", petal_length: "1.4", petal_width: "0.2" },
    ],
  ],
  ["a batch of one row", "csv", [{ petal_width: "2.3", petal_length: "5.1", sepal_width: "3", sepal_length: "5.9" }]],
  ["rows of JSON Lines", "jsonl", [{ sepal_length: 5.9, sepal_width: 3, petal_length: 5.1, petal_width: 2.3 }]],
] as const) {
  test(`makes requests that the function accepts of ${name}`, async () => {
    const predict = predictState(batchDefinition({ ...job, format }));
    const input = { Items: items };

    const request = (await evaluated(predict.Arguments.Payload, { input })) as { values: unknown; method: string };
    assert.equal(request.method, "predict");
    const { signature, run } = await model;
    const Payload: unknown = JSON.parse(toJson(await run("predict", readTable(request.values, signature))));
    const scored = await evaluated(predict.Output, { input, result: { Payload } });

    assert.deepEqual(
      scored,
      items.map((item, index) => ({ ...item, prediction: index === 0 ? 2 : 0 })),
    );
  });
}

test("sends an empty cell as null", async () => {
  const predict = predictState(batchDefinition(job));
  const row = { sepal_length: "", sepal_width: "1", petal_length: "2", petal_width: "3" };

  const request = await evaluated(predict.Arguments.Payload, { input: { Items: [row] } });

  assert.deepEqual(request, { values: [[null, 1, 2, 3]], method: "predict" });
});

test("the role has permissions for the one function, the input and the output's prefix", () => {
  const place = { account: "000000000000", region: "us-east-1", partition: "aws" };

  const { policy } = batchRole(job, "tepal-score-iris", place) as {
    policy: { Statement: { Action: unknown; Resource: string }[] };
  };

  assert.deepEqual(
    policy.Statement.map(({ Resource }) => Resource),
    [
      job.functionArn,
      "arn:aws:s3:::tables/in/rows.csv",
      "arn:aws:s3:::tables/out/*",
      "arn:aws:states:us-east-1:000000000000:stateMachine:tepal-score-iris",
      "arn:aws:states:us-east-1:000000000000:execution:tepal-score-iris/*",
    ],
  );
});
