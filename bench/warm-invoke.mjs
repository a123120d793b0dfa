// Warm requests per second through the invoke URL, against serverless-offline 14 on the same handler and model, at 1
// and 16 connections. One run, taking turns. serverless-offline is installed into its own directory
// (.build/bench-serverless), with osls, the command that runs it without an account.
//
//   node bench/warm-invoke.mjs [seconds a turn] [turns]

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { ensureBuild, ensurePackages, projectRoot } from "../scripts/setup.mjs";

const seconds = Number(process.argv[2] ?? 3);
const turns = Number(process.argv[3] ?? 3);
const model = join(projectRoot, "examples", "iris", "iris_model.sav");
const body = '{"values":[[5.9,3.0,5.1,2.3]]}';
const { NODE_EXTRA_CA_CERTS: _slow, ...environment } = process.env;

ensurePackages();
await ensureBuild();
const folder = mkdtempSync(join(tmpdir(), "tepal-bench-"));
const stops = [];
try {
  const sides = [await startTepal(), await startServerlessOffline()];
  console.log(
    `${cpus().length} processors (${cpus()[0].model}), Node ${process.version}, ${turns} turns of ${seconds} s\n`,
  );
  for (const connections of [1, 16]) {
    const rates = sides.map(() => []);
    for (const side of sides) await load(side.url, connections, 1000);
    for (let turn = 0; turn < turns; turn++) {
      for (const [index, { url }] of sides.entries()) rates[index].push(await load(url, connections, seconds * 1000));
    }
    const [ours, theirs] = rates.map(median);
    console.log(
      `${connections} connection${connections > 1 ? "s" : ""}: ${sides[0].name} ${Math.round(ours)}/s, ${sides[1].name} ${Math.round(theirs)}/s: ${(ours / theirs).toFixed(1)} times`,
    );
  }
} finally {
  for (const stop of stops.reverse()) await stop();
  rmSync(folder, { recursive: true, force: true });
}

async function startTepal() {
  const port = await freePort();
  const tepal = (...args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(projectRoot, "dist", "tepal.js"), ...args], {
      env: environment,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`tepal ${args.join(" ")} failed: ${stderr}`);
    return stdout;
  };
  tepal("cloud", "start", "--port", String(port), "--data", join(folder, "data"));
  stops.push(() => tepal("cloud", "stop", "--port", String(port)));
  const { url } = JSON.parse(tepal("deploy", model, "--port", String(port), "--json"));
  return { name: "tepal", url };
}

async function startServerlessOffline() {
  const installed = join(projectRoot, ".build", "bench-serverless");
  if (!existsSync(join(installed, "node_modules", "serverless-offline"))) {
    mkdirSync(installed, { recursive: true });
    writeFileSync(join(installed, "package.json"), '{"private":true}');
    // serverless-offline depends on serverless 4, whose command requires an account; osls is the free one.
    const words = ["install", "--legacy-peer-deps", "--no-audit", "--no-fund", "serverless-offline@14", "osls@3"];
    if (spawnSync("npm", words, { cwd: installed, stdio: "inherit" }).status !== 0)
      throw new Error("npm install failed");
  }
  const entry = join(projectRoot, ".build", "bench-serverless-entry.ts");
  writeFileSync(
    entry,
    `import { readFileSync } from "node:fs";
     import { createHandler } from "../src/function/index.js";
     import { readModel } from "../src/model/index.js";
     const ready = (async () => createHandler(await readModel(readFileSync(${JSON.stringify(model)})), { info() {}, warn() {} }))();
     export const predict = async (event) => JSON.parse((await (await ready)(JSON.stringify(event))).body);`,
  );
  const outfile = join(installed, "handler.cjs");
  await build({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "cjs", logLevel: "error" });
  const port = await freePort();
  const lambdaPort = await freePort();
  writeFileSync(
    join(installed, "serverless.yml"),
    `service: iris
provider: { name: aws, runtime: nodejs20.x }
plugins: [serverless-offline]
custom: { serverless-offline: { httpPort: ${port}, lambdaPort: ${lambdaPort}, noPrependStageInUrl: true, noTimeout: true } }
functions: { predict: { handler: handler.predict, events: [{ http: { path: predict, method: post } }] } }
`,
  );
  const child = spawn(join(installed, "node_modules", ".bin", "osls"), ["offline", "start"], {
    cwd: installed,
    env: { ...environment, SLS_TELEMETRY_DISABLED: "1", SLS_NOTIFICATIONS_MODE: "off" },
    stdio: ["ignore", "ignore", "ignore"],
    detached: true,
  });
  stops.push(() => process.kill(-child.pid, "SIGKILL"));
  const url = `http://127.0.0.1:${port}/predict`;
  for (let attempt = 0; ; attempt++) {
    const answer = await fetch(url, { method: "POST", body }).catch(() => undefined);
    const text = await answer?.text();
    if (text === "[2]") break;
    if (attempt > 300) throw new Error(`serverless-offline does not answer: ${text}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { name: "serverless-offline", url };
}

/**
 * Requests per second over keep-alive connections, each with one request at a time, on raw sockets: the client should
 * cost little.
 */
async function load(address, connections, forMs) {
  const url = new URL(address);
  const request = `POST ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const end = performance.now() + forMs;
  const started = performance.now();
  const counts = await Promise.all(
    Array.from({ length: connections }, () => {
      return new Promise((resolve, reject) => {
        let count = 0;
        let received = "";
        const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true }, () =>
          socket.write(request),
        );
        socket.on("error", reject);
        socket.on("data", (bytes) => {
          received += bytes.toString("latin1");
          const head = received.indexOf("\r\n\r\n");
          if (head < 0) return;
          const length = Number(/content-length: (\d+)/i.exec(received)?.[1]);
          if (received.length < head + 4 + length) return;
          if (!/^HTTP\/1.1 200/.test(received) || !received.endsWith("[2]")) {
            reject(new Error(`${address} responded with ${received}`));
            return;
          }
          received = "";
          count++;
          if (performance.now() < end) socket.write(request);
          else {
            socket.destroy();
            resolve(count);
          }
        });
      });
    }),
  );
  return (counts.reduce((sum, count) => sum + count, 0) / (performance.now() - started)) * 1000;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
