// From the start of the process to the first response: the function bundle with the iris model, against Python that
// imports scikit-learn and unpickles the same file, and against `node -e 0`, the least that a Node process costs. One
// run, interleaved.
//
//   node bench/cold-start.mjs [rounds]

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { cpus } from "node:os";
import { join } from "node:path";
import { ensureBuild, ensurePackages, note, projectRoot, run } from "../scripts/setup.mjs";

const rounds = Number(process.argv[2] ?? 15);
const modelFile = join(projectRoot, "examples", "iris", "iris_model.sav");
/** The last release that reads a pickle of scikit-learn 0.23 and whose wheels exist for the Pythons of today. */
const scikitLearn = "scikit-learn==1.2.1";
const event = '{"values":[[5.9,3.0,5.1,2.3]]}';
const pythonProgram = `
import json, pickle, warnings
warnings.simplefilter("ignore")
import sklearn
model = pickle.load(open(${JSON.stringify(modelFile)}, "rb"))
print(json.dumps(model.predict(json.loads('${event}')["values"]).tolist()), flush=True)
`;
/** A certificate bundle in NODE_EXTRA_CA_CERTS triples Node's start: children get Lambda's environment. */
const environment = { PATH: process.env.PATH, HOME: process.env.HOME };

ensurePackages();
await ensureBuild();
const python = findPython();
const contestants = {
  "node -e 0": () => untilExit(process.execPath, ["-e", "0"]),
  "function bundle": () => untilAnswer(),
  ...(python && { "Python, scikit-learn": () => untilLine(python, ["-c", pythonProgram]) }),
};

const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
for (let round = -1; round < rounds; round++) {
  for (const [name, start] of Object.entries(contestants)) {
    const ms = await start();
    // The first round fills the file cache.
    if (round >= 0) times[name].push(ms);
  }
}

console.log(`${cpus()[0].model}, ${cpus().length} cores, Node ${process.versions.node}, median of ${rounds} rounds`);
for (const [name, all] of Object.entries(times)) console.log(`${name.padEnd(22)} ${median(all).toFixed(1)} ms`);
const pairs = (name, other) => median(times[name].map((ms, round) => ms / times[other][round]));
console.log(`function bundle / node -e 0: ${pairs("function bundle", "node -e 0").toFixed(2)} (bar: at most 1.3)`);
if (python) {
  const ratio = pairs("Python, scikit-learn", "function bundle");
  console.log(`Python / function bundle: ${ratio.toFixed(1)} (bar: at least 10)`);
}

/** From the start of the process to its response at the Runtime API. */
async function untilAnswer() {
  const accepted = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";
  const invocation =
    `HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 1\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${event.length}\r\n\r\n${event}`;
  let answered;
  const answer = new Promise((resolve) => {
    answered = resolve;
  });
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (packet) => {
      const text = packet.toString();
      if (text.startsWith("GET")) socket.write(invocation);
      else {
        answered([performance.now(), text]);
        socket.write(accepted);
      }
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const start = performance.now();
  const child = spawn(process.execPath, [join(projectRoot, "dist", "function.cjs")], {
    env: { ...environment, AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${server.address().port}`, TEPAL_MODEL: modelFile },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [end, text] = await answer;
  if (!text.includes("\r\n\r\n[2]")) throw new Error(`The function responded with ${text}`);
  child.kill("SIGKILL");
  server.close();
  return end - start;
}

async function untilExit(command, args) {
  const start = performance.now();
  await once(spawn(command, args, { env: environment, stdio: "ignore" }), "exit");
  return performance.now() - start;
}

function untilLine(command, args) {
  const start = performance.now();
  const child = spawn(command, args, { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    child.stdout.once("data", (line) => {
      const ms = performance.now() - start;
      if (line.toString().trim() === "[2]") resolve(ms);
      else reject(new Error(`Python printed ${line}`));
    });
    child.once("exit", (status) => status === 0 || reject(new Error(`Python ended with ${status}`)));
  });
}

/** A Python with scikit-learn, kept in .build; undefined if Python is not installed. */
function findPython() {
  const folder = join(projectRoot, ".build", "bench-python");
  const path = join(folder, "bin", "python");
  if (spawnSync("python3", ["-c", "import venv"]).status !== 0) {
    note("No python3 with venv: measured without it.");
    return undefined;
  }
  if (!existsSync(join(folder, "installed"))) {
    note(`Installing ${scikitLearn} to ${folder} ...`);
    run("python3", ["-m", "venv", folder]);
    run(path, ["-m", "pip", "install", "--quiet", scikitLearn, "numpy<2"]);
    run("touch", [join(folder, "installed")]);
  }
  return path;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
