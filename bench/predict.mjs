// Predictions of one, 100 and 10 000 rows: models read by Tepal, against scikit-learn on the same files and
// onnxruntime-node on their conversions by skl2onnx, on one thread each, in one run, interleaved. Only the ratios are
// comparable. Times are the processor's time of each process, so that other programs on the machine matter little.
//
//   node bench/predict.mjs [rounds] [model ...]
//
// The peers are installed once into .build/bench/predict: a virtual environment of Python, and onnxruntime-node by npm.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { ensurePackages, note, projectRoot, run } from "../scripts/setup.mjs";
import { compileWat } from "../scripts/wat.mjs";

const [roundsText = "5", ...chosen] = process.argv.slice(2);
const rounds = Number(roundsText);
const scikitLearn = "scikit-learn==1.7.2";
const folder = join(projectRoot, ".build", "bench", "predict");
const python = join(folder, "python", "bin", "python");
const peerProgram = join(projectRoot, "bench", "predict.py");
const models = [
  "svc-narrow",
  "svc-wide",
  "forest-100",
  "forest-500",
  "boosting",
  "hist-boosting",
  "logistic",
  "scaler-svc",
  "tfidf-logistic",
].filter((name) => chosen.length === 0 || chosen.includes(name));
const rowCounts = [1, 100, 10_000];
/** Long enough for the clock, short enough to interleave. */
const millisecondsOfSide = 100;

ensurePackages();
mkdirSync(folder, { recursive: true });
await build({
  entryPoints: ["src/model/index.ts"],
  outfile: join(folder, "model.mjs"),
  bundle: true,
  plugins: [compileWat],
  format: "esm",
  platform: "node",
  external: ["onnxruntime-node"],
  absWorkingDir: projectRoot,
});
const { readModel } = await import(join(folder, "model.mjs"));
const { InferenceSession, Tensor } = ensureOnnxruntime();
ensureModels();

const peer = spawn(python, [peerProgram, "time", folder], {
  env: { PATH: process.env.PATH, HOME: process.env.HOME, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  stdio: ["pipe", "pipe", "inherit"],
});
const answers = createInterface({ input: peer.stdout })[Symbol.asyncIterator]();

console.log(
  `${cpus()[0].model}, Node ${process.versions.node}, ${scikitLearn}; predict, medians of ${rounds} interleaved rounds`,
);
console.log(
  "| model | rows | scikit-learn, µs | onnxruntime, µs | Tepal, µs | scikit-learn / Tepal | onnxruntime / Tepal |",
);
console.log("|---|---|---|---|---|---|---|");
for (const name of models) await compare(name);
peer.stdin.end();
await once(peer, "exit");

async function compare(name) {
  const { text, rows, predict } = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
  let model;
  try {
    model = await readModel(readFileSync(join(folder, `${name}.pkl`)));
  } catch (error) {
    console.log(`| ${name} | | | | not read: ${error.message} | | |`);
    return;
  }
  const session = await sessionOf(name);
  for (const count of rowCounts) {
    const part = rows.slice(0, count);
    const ours = tableOf(part, text);
    const { data } = await model.run("predict", ours);
    const wrong = predict.slice(0, count).findIndex((label, row) => label !== data[row]);
    if (wrong >= 0) throw new Error(`${name}: row ${wrong} is ${data[wrong]}, scikit-learn says ${predict[wrong]}`);
    const tensor = text
      ? new Tensor("string", part, [count, 1])
      : new Tensor("float32", Float32Array.from(part.flat()), [count, part[0].length]);
    const times = { python: [], onnx: [], tepal: [] };
    for (let round = 0; round < rounds; round++) {
      peer.stdin.write(`${name} ${count} ${millisecondsOfSide}\n`);
      times.python.push(Number((await answers.next()).value));
      if (session) times.onnx.push(await microsecondsOf(() => session.run({ X: tensor }), count));
      times.tepal.push(await microsecondsOf(() => model.run("predict", ours), count));
    }
    const ratio = (other) => median(other.map((value, round) => value / times.tepal[round]));
    const cells = [
      median(times.python),
      median(times.onnx),
      median(times.tepal),
      ratio(times.python),
      ratio(times.onnx),
    ];
    console.log(`| ${name} | ${count} | ${cells.map((cell) => (cell === undefined ? "" : shown(cell))).join(" | ")} |`);
  }
  await session?.release();
}

function tableOf(rows, text) {
  if (text) return { kind: "frame", rows: rows.length, columns: [rows] };
  return { kind: "matrix", rows: rows.length, columns: rows[0].length, data: Float64Array.from(rows.flat()) };
}

async function microsecondsOf(call, rows) {
  // Enough for the optimizing compiler; one for a call that is long in itself.
  for (let count = rows === 1 ? 2000 : rows === 100 ? 50 : 1; count > 0; count--) await settled(call());
  const atOnce = rows === 1 ? 100 : 1;
  let calls = 0;
  const start = processorMicroseconds();
  for (;;) {
    for (let count = 0; count < atOnce; count++) {
      const answer = call();
      // Waiting for what is there already would cost a fifth of a microsecond.
      if (answer instanceof Promise) await answer;
    }
    calls += atOnce;
    const taken = processorMicroseconds() - start;
    if (taken >= millisecondsOfSide * 1000) return taken / calls;
  }
}

async function settled(answer) {
  return answer instanceof Promise ? await answer : answer;
}

function processorMicroseconds() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

async function sessionOf(name) {
  const path = join(folder, `${name}.onnx`);
  if (!existsSync(path)) return undefined;
  return await InferenceSession.create(path, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: "sequential",
  });
}

function ensureOnnxruntime() {
  const home = join(folder, "node");
  if (!existsSync(join(home, "node_modules", "onnxruntime-node"))) {
    note("Installing onnxruntime-node ...");
    mkdirSync(home, { recursive: true });
    // Its install script fetches libraries that only graphics cards need.
    run("npm", ["install", "--prefix", home, "--ignore-scripts", "--loglevel=error", "onnxruntime-node"]);
  }
  return createRequire(join(home, "index.js"))("onnxruntime-node");
}

function ensureModels() {
  const stamp = join(folder, "made-by");
  const program = readFileSync(peerProgram, "utf8");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === program) return;
  if (!existsSync(join(folder, "python", "lib"))) {
    note(`Making a virtual environment with ${scikitLearn} and skl2onnx ...`);
    run("python3", ["-m", "venv", join(folder, "python")]);
    run(python, ["-m", "pip", "install", "--quiet", scikitLearn, "skl2onnx"]);
  }
  note("Fitting the models ...");
  run(python, [peerProgram, "make", folder]);
  writeFileSync(stamp, program);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function shown(value) {
  return value >= 99.5 ? value.toFixed(0) : value.toPrecision(2);
}
