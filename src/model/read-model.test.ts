import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../test/support/project.js";
import { readModel, readTable, toJson, toList } from "./index.js";

const iris = readFileSync(projectPath("examples/iris/iris_model.sav"));

test("the tutorial's file answers the tutorial's requests", async () => {
  const model = await readModel(iris);

  const first = await model.run("predict", readTable([[5.9, 3.0, 5.1, 2.3]], model.signature));
  const second = await model.run("predict", readTable([[0.1, 2, 0.1, 3]], model.signature));

  assert.deepEqual([toJson(first), toJson(second)], ["[2]", "[0]"]);
});

test("the tutorial's file gives the probabilities that scikit-learn 1.2.1 gives", async () => {
  const model = await readModel(iris);
  const table = readTable(
    [
      [5.9, 3.0, 5.1, 2.3],
      [0.1, 2, 0.1, 3],
    ],
    model.signature,
  );

  const rows = toList(await model.run("predict_proba", table)) as number[][];

  assert.deepEqual(
    rows.map((row) => row.map((probability) => probability.toFixed(8))),
    [
      ["0.00852806", "0.02624532", "0.96522662"],
      ["0.46518301", "0.21210661", "0.32271038"],
    ],
  );
});

test("the tutorial's file tells what goes in and what comes out", async () => {
  const { signature } = await readModel(iris);

  assert.deepEqual(
    { ...signature, parameters: { ...signature.parameters, gamma: 0 } },
    {
      format: "pickle",
      type: "sklearn.svm.SVC",
      libraries: { "scikit-learn": "0.23.2", numpy: "1.x" },
      features: ["x0", "x1", "x2", "x3"].map((name) => ({ name, kind: "number", missing: false })),
      named: false,
      classes: [0, 1, 2],
      methods: [
        { name: "predict", answers: { kind: "label" } },
        { name: "predict_proba", answers: { kind: "number", columns: 3 } },
        { name: "predict_log_proba", answers: { kind: "number", columns: 3 } },
        { name: "decision_function", answers: { kind: "number", columns: 3 } },
      ],
      parameters: { kernel: "rbf", C: 1, gamma: 0, support_vectors: 60, decision_function_shape: "ovr" },
    },
  );
});
