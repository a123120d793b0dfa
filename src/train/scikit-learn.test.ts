// The model file, judged by those who read it: scikit-learn where it is installed, and the model room.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../test/support/project.js";
import { readModel } from "../model/index.js";
import { train } from "./train.js";

const csv = readFileSync(projectPath("examples/iris/iris.csv"));

/** A Python that has scikit-learn: the machine's, or the one that the benchmarks install. */
const python = ["python3", projectPath(".build/bench-python/bin/python")].find(
  (path) => spawnSync(path, ["-c", "import sklearn"]).status === 0,
);

const cases = (["rbf", "linear", "poly", "sigmoid"] as const).flatMap((kernel) => [
  { kernel, classes: 2 },
  { kernel, classes: 3 },
]);

/** Reads cases with their models, fits the same with scikit-learn, and tells how the two differ. */
const program = `
import base64, json, pickle, sklearn, sys, warnings
from sklearn.datasets import load_iris
from sklearn.svm import SVC
warnings.simplefilter("ignore")
iris = load_iris()
# The file has the attributes of the version that it names; later versions make up what they have added.
same_version = sklearn.__version__.startswith("1.6.")
verdicts = []
for case in json.load(sys.stdin):
    mine = pickle.loads(base64.b64decode(case["model"]))
    first = 150 - 50 * case["classes"]
    x, y = iris.data[first:], iris.target_names[iris.target[first:]]
    theirs = SVC(kernel=case["kernel"], probability=True, random_state=3).fit(x, y)
    verdicts.append({
        "labels": (mine.predict(x) == theirs.predict(x)).all().item(),
        "decisions": abs(mine.decision_function(x) - theirs.decision_function(x)).max().item(),
        "probabilities": abs(mine.predict_proba(x) - theirs.predict_proba(x)).max().item(),
        "absent": sorted(set(vars(theirs)) - set(vars(mine))) if same_version else [],
        "names": mine.feature_names_in_.tolist(),
    })
print(json.dumps(verdicts))`;

interface Verdict {
  readonly labels: boolean;
  readonly decisions: number;
  readonly probabilities: number;
  readonly absent: readonly string[];
  readonly names: readonly string[];
}

/** One start of Python for all cases: importing scikit-learn takes longer than everything else here. */
async function judge(): Promise<readonly Verdict[]> {
  const questions = [];
  for (const { kernel, classes } of cases) {
    const table = classes === 2 ? csv.toString().replace(/^.*setosa\n/gm, "") : csv;
    const { model } = await train({
      csv: table,
      label: "species",
      kernel,
      probability: true,
      seed: 3,
      crossValidation: 0,
    });
    questions.push({ kernel, classes, model: Buffer.from(model).toString("base64") });
  }
  const { stdout, stderr } = spawnSync(python!, ["-c", program], {
    input: JSON.stringify(questions),
    encoding: "utf8",
  });
  assert.match(stdout, /^\[/, stderr);
  return JSON.parse(stdout);
}

let verdicts: ReturnType<typeof judge> | undefined;
for (const [index, { kernel, classes }] of cases.entries()) {
  const title = `${kernel}, ${classes} classes: scikit-learn loads the file and predicts the same as its own SVC`;
  test(title, { skip: python ? false : "no python3 with scikit-learn" }, async () => {
    verdicts ??= judge();
    const { labels, decisions, probabilities, absent, names } = (await verdicts)[index]!;

    assert.deepEqual([labels, absent], [true, []]);
    assert.deepEqual(names, ["sepal_length", "sepal_width", "petal_length", "petal_width"]);
    assert.ok(decisions < 1e-9 && probabilities < 1e-9, `${decisions}, ${probabilities}`);
  });
}

test("predicts class names and accepts column names", async () => {
  const { model: file, report } = await train({ csv, label: "species", probability: true });
  const model = await readModel(file);
  const table = {
    kind: "matrix",
    rows: 2,
    columns: 4,
    data: Float64Array.of(5.9, 3, 5.1, 2.3, 5.1, 3.5, 1.4, 0.2),
  } as const;

  assert.deepEqual(Array.from((await model.run("predict", table)).data), ["virginica", "setosa"]);
  assert.deepEqual(
    model.signature.features.map(({ name }) => name),
    report.features,
  );
  assert.deepEqual(model.signature.classes, ["setosa", "versicolor", "virginica"]);
});

test("keeps integer labels as integers", async () => {
  const { model } = await train({ csv: "a,b,label\n0,0,7\n1,1,3\n0,1,7\n2,2,3\n", label: "label", crossValidation: 0 });

  assert.deepEqual((await readModel(model)).signature.classes, [3, 7]);
});

test("writes the same bytes for the same table", async () => {
  const options = { csv, label: "species", probability: true, seed: 5 };

  assert.deepEqual((await train(options)).model, (await train(options)).model);
});

test("reports the cross-validation", async () => {
  const { report } = await train({ csv, label: "species" });

  assert.deepEqual(report.classes, [
    { label: "setosa", rows: 50, supportVectors: 7 },
    { label: "versicolor", rows: 50, supportVectors: 29 },
    { label: "virginica", rows: 50, supportVectors: 24 },
  ]);
  assert.deepEqual([report.rows, report.converged, report.parameters.gamma], [150, true, 0.06416744863614975]);
  assert.equal(report.crossValidation?.accuracy, 0.9666666666666666);
});
