import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { sklearnFixtureFile, tableOf } from "../../../test/support/model-fixtures.js";
import { projectPath } from "../../../test/support/project.js";
import { Cursor } from "../../base/index.js";
import { readModel, readTable, toJson, toList } from "../index.js";
import { readOps } from "../pickle/read-ops.js";

const iris = readFileSync(projectPath("examples/iris/iris_model.sav"));

test("the tutorial's file predicts the tutorial's rows", async () => {
  const model = await readModel(iris);

  const first = await model.run("predict", readTable([[5.9, 3.0, 5.1, 2.3]], model.signature));
  const second = await model.run("predict", readTable([[0.1, 2, 0.1, 3]], model.signature));

  assert.deepEqual([toJson(first), toJson(second)], ["[2]", "[0]"]);
});

test("the tutorial's file returns the probabilities of scikit-learn 1.2.1", async () => {
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

test("the tutorial's file has a signature", async () => {
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
        { name: "predict", output: { kind: "label" } },
        { name: "predict_proba", output: { kind: "number", columns: 3 } },
        { name: "predict_log_proba", output: { kind: "number", columns: 3 } },
        { name: "decision_function", output: { kind: "number", columns: 3 } },
      ],
      parameters: { kernel: "rbf", C: 1, gamma: 0, support_vectors: 60, decision_function_shape: "ovr" },
    },
  );
});

test("columns that were named in training can be given by name, through a pipeline too", async () => {
  const model = await readModel(sklearnFixtureFile("1.9.1", "named_pipeline.joblib"));
  const { features, named, format, classes, parameters, libraries } = model.signature;

  assert.deepEqual(
    { names: features.map(({ name }) => name), named, format, classes, steps: parameters.steps, libraries },
    {
      names: ["sepal length", "sepal width", "petal length", "naïve width"],
      named: true,
      format: "joblib",
      classes: ["setosa", "versicolor", "virginica"],
      steps: "StandardScaler -> LogisticRegression",
      libraries: { "scikit-learn": "1.9.1", numpy: "2.x" },
    },
  );
  const row = { "naïve width": 0.2, "petal length": 1.4, "sepal width": 3.5, "sepal length": 5.1 };
  assert.equal(toJson(await model.run("predict", readTable([row], model.signature))), '["setosa"]');
});

for (const [file, missing] of [
  ["1.9.1/svc_rbf.p2.pkl", false],
  ["1.9.1/scaler.p4.pkl", true],
  ["1.9.1/tree_missing.joblib", true],
  ["1.9.1/tree.p4.pkl", true],
  ["1.2.1/tree.p4.pkl", false],
  ["1.9.1/pipeline_svc.p3.pkl", false],
  ["1.9.1/pipeline_scalers.joblib", true],
  ["1.9.1/pipeline_missing.p2.pkl", true],
] as const) {
  test(`${file} ${missing ? "accepts" : "rejects"} missing values, as in scikit-learn`, async () => {
    const [version, name] = file.split("/");
    const { signature } = await readModel(sklearnFixtureFile(version!, name!));

    assert.deepEqual([...new Set(signature.features.map((feature) => feature.missing))], [missing]);
  });
}

test("reads a pickle with Python 2's strings", async () => {
  const old = new Uint8Array(sklearnFixtureFile("1.2.1", "svc_labels_text.p2.pkl"));
  // BINUNICODE and BINSTRING have one form, and the same bytes where the text is ASCII.
  for (const { opcode, argument, offset } of readOps(new Cursor(old))) {
    if (opcode.name === "BINUNICODE" && /^[\x20-\x7e]*$/.test(String(argument))) old[offset] = 0x54;
  }
  const model = await readModel(old);

  assert.deepEqual(model.signature.classes, ["setosa", "versicolor", "virginica"]);
  assert.deepEqual((await model.run("predict", tableOf([[5.1, 3.5, 1.4, 0.2]]))).data, ["setosa"]);
});

test("a forest rejects a number that a 32-bit float cannot represent", async () => {
  const model = await readModel(sklearnFixtureFile("1.9.1", "tree.p4.pkl"));

  assert.throws(
    () =>
      model.run(
        "predict",
        tableOf([
          [1, 2, 3, 4],
          [1, 1e39, 3, 4],
        ]),
      ),
    {
      code: "input-too-large",
      message: /1e\+39 at row 2, column 2 \(".*"\) is too large/,
    },
  );
});

test("rejects a label that the encoder does not know, with its row", async () => {
  const model = await readModel(sklearnFixtureFile("1.9.1", "labels_text.p4.pkl"));

  assert.throws(() => model.run("transform", readTable([["a"], ["z"]], model.signature)), {
    code: "input-category-unknown",
    message: /^The value "z" at row 2, column 1 \("y"\) was not in the training data/,
  });
});

test("rejects a table with another number of columns", async () => {
  const model = await readModel(iris);

  assert.throws(() => model.run("predict", tableOf([[1, 2, 3]])), {
    code: "input-width",
    message: /3 columns; the model expects 4/,
  });
});
