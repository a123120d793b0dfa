// The control-plane calls of a deployment by boto3: Tepal's cloud against moto_server, in one run, taking turns.
//
//   node bench/control-plane.mjs [pairs]        needs python3 with boto3, and moto_server

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { clientSchemasOnly } from "../scripts/build.mjs";
import { ensureBuild, ensurePackages, projectRoot } from "../scripts/setup.mjs";

const pairs = Number(process.argv[2] ?? 5);
/** Rounds of a client that are measured; one before them warms client and server. */
const rounds = 5;
delete process.env.NODE_EXTRA_CA_CERTS;
ensurePackages();
await ensureBuild();
for (const [program, ...words] of [
  ["moto_server", "--help"],
  ["python3", "-c", "import boto3"],
]) {
  if (spawnSync(program, words).status !== 0) {
    console.error(`${program} ${words.join(" ")} is not installed.`);
    process.exit(1);
  }
}

const folder = mkdtempSync(join(tmpdir(), "tepal-bench-"));
const servers = [];
try {
  const ours = await startCloud();
  const moto = await startServer("moto_server", ["-H", "127.0.0.1", "-p", "0"], {
    MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
  });
  const times = { ours: [], moto: [] };
  for (let pair = 0; pair < pairs; pair++) {
    times.ours.push(await measure(ours));
    times.moto.push(await measure(moto));
  }
  const ratios = times.moto.map((ms, index) => ms / times.ours[index]);
  console.log(`22 calls by boto3, median of ${pairs} pairs, ${cpus().length} x ${cpus()[0]?.model ?? "unknown"}`);
  console.log(`  Tepal        ${median(times.ours).toFixed(1)} ms`);
  console.log(`  moto_server  ${median(times.moto).toFixed(1)} ms`);
  console.log(`  ratio        ${median(ratios).toFixed(2)}  (${ratios.map((ratio) => ratio.toFixed(2)).join(" ")})`);
} finally {
  for (const server of servers) server.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}

/** The cloud as it is shipped: bundled, in its own process. */
async function startCloud() {
  const outdir = join(projectRoot, ".build", "bench-cloud");
  mkdirSync(outdir, { recursive: true });
  await build({
    absWorkingDir: projectRoot,
    stdin: {
      contents: `
        import { startCloud } from "./src/cloud/index.js";
        import { systemClock } from "./src/base/index.js";
        const cloud = await startCloud({ port: 0, dataDir: process.argv[2], version: "bench", clock: systemClock,
          log: { info: () => {}, warn: (line) => console.error(line) } });
        console.log("Running on " + cloud.url);`,
      resolveDir: projectRoot,
    },
    outfile: join(outdir, "cloud.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"],
    external: ["lmdb"],
    plugins: [clientSchemasOnly],
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "warning",
  });
  return startServer(process.execPath, [join(outdir, "cloud.mjs"), folder], {});
}

/** Starts a server that prints "Running on URL", and returns the URL. */
function startServer(program, words, env) {
  const server = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  servers.push(server);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", (status) => reject(new Error(`${program} ended with status ${status}`)));
    for (const stream of [server.stdout, server.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        const url = line.match(/Running on (http:\/\/127\.0\.0\.1:\d+)/)?.[1];
        if (url) resolve(url);
        else if (/failed|Error/.test(line)) console.error(line);
      });
    }
  });
}

/** Milliseconds of one deployment, the median of a client's rounds. */
function measure(url) {
  const client = spawn("python3", [join(projectRoot, "bench", "control-plane.py"), String(rounds + 1)], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    },
  });
  let text = "";
  client.stdout.setEncoding("utf8").on("data", (part) => {
    text += part;
  });
  return new Promise((resolve, reject) => {
    client.on("close", (status) => {
      if (status !== 0) return reject(new Error(`The client ended with status ${status} at ${url}`));
      resolve(median(text.trim().split("\n").slice(1).map(Number)));
    });
  });
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
