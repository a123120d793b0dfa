// One row, one call: models read by Tepal against scikit-learn on the same file, in one run, interleaved. Only the ratios hold.
// Counted is the processor's time of each process, so that other programs on the machine matter little.
//
//   node bench/one-row.mjs [pairs]
//
// Python needs scikit-learn of the fixtures' version: the one of PYTHON, or a virtual environment that is made once under .build/.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { ensurePackages, note, projectRoot, run } from "../scripts/setup.mjs";

const pairs = Number(process.argv[2] ?? 7);
const scikitLearn = "scikit-learn==1.2.1";
const folder = join(projectRoot, ".build", "bench");
const fixtures = "src/model/sklearn/fixtures/1.2.1";
/** Model file and method; the row is the first of the fixture's input. */
const cases = [
  ["examples/iris/iris_model.sav", "predict", [5.9, 3.0, 5.1, 2.3]],
  ["examples/iris/iris_model.sav", "predict_proba", [5.9, 3.0, 5.1, 2.3]],
  ...["svc_digits", "logistic", "forest", "pipeline_svc", "svr_rbf"].map((name) => {
    const { files, input } = JSON.parse(readFileSync(join(projectRoot, fixtures, `${name}.json`), "utf8"));
    return [`${fixtures}/${files[0].file}`, "predict", input.data.slice(0, input.shape[1])];
  }),
];
/** Long enough for the clock, short enough to interleave. */
const millisecondsOfSide = 200;

ensurePackages();
mkdirSync(folder, { recursive: true });
await build({
  entryPoints: ["src/model/index.ts"],
  outfile: join(folder, "model.mjs"),
  bundle: true,
  format: "esm",
  absWorkingDir: projectRoot,
});
const { readModel } = await import(join(folder, "model.mjs"));
const python = findPython();
const pythonProgram = `
import sys, time, json, warnings
warnings.simplefilter("ignore")
import joblib, numpy as np
file, method, row, seconds = sys.argv[1], sys.argv[2], np.array([json.loads(sys.argv[3])]), float(sys.argv[4]) / 1000
call = getattr(joblib.load(file), method)
for _ in range(20): call(row)
calls, start = 0, time.process_time()
while time.process_time() - start < seconds:
    call(row)
    calls += 1
print((time.process_time() - start) / calls * 1e6)
`;

console.log(
  `${cpus()[0].model}, Node ${process.versions.node}, ${scikitLearn}; medians of ${pairs} interleaved pairs, one row a call`,
);
console.log("| model | method | scikit-learn, µs | Tepal, µs | times |\n|---|---|---|---|---|");
for (const [file, method, row] of cases) {
  const model = await readModel(readFileSync(join(projectRoot, file)));
  const table = { kind: "matrix", rows: 1, columns: row.length, data: Float64Array.from(row) };
  const theirs = [];
  const ours = [];
  for (let pair = 0; pair < pairs; pair++) {
    theirs.push(microsecondsOfPython(file, method, row));
    ours.push(microsecondsOf(() => model.run(method, table)));
  }
  const ratios = theirs.map((value, pair) => value / ours[pair]);
  const name = `${model.signature.type.split(".").at(-1)} (${file.split("/").at(-1)})`;
  console.log(
    `| ${name} | ${method} | ${median(theirs).toFixed(1)} | ${median(ours).toFixed(2)} | ${median(ratios).toFixed(0)} |`,
  );
}

function microsecondsOf(call) {
  for (let count = 0; count < 2000; count++) call();
  let calls = 0;
  const start = processorMicroseconds();
  while (processorMicroseconds() - start < millisecondsOfSide * 1000) {
    for (let count = 0; count < 100; count++) call();
    calls += 100;
  }
  return (processorMicroseconds() - start) / calls;
}

function processorMicroseconds() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function microsecondsOfPython(file, method, row) {
  const args = ["-c", pythonProgram, join(projectRoot, file), method, JSON.stringify(row), String(millisecondsOfSide)];
  const environment = { PATH: process.env.PATH, HOME: process.env.HOME, OMP_NUM_THREADS: "1" };
  const { status, stdout, stderr } = spawnSync(python, args, { encoding: "utf8", env: environment });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

function findPython() {
  if (process.env.PYTHON) return process.env.PYTHON;
  const environment = join(folder, "sklearn");
  const found = join(environment, "bin", "python");
  if (!existsSync(found)) {
    note(`Making a virtual environment with ${scikitLearn} ...`);
    run("python3", ["-m", "venv", environment]);
    run(found, ["-m", "pip", "install", "--quiet", scikitLearn, "numpy<1.25", "scipy<1.12"]);
  }
  return found;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
