// A changed model, from its bytes to the registry: build and push, against `buildah build` and `buildah push` of the
// same layers on the same base to the same registry. One run, interleaved; the base is in place for both.
//
//   node bench/image-build.mjs [rounds]

import { execFileSync, fork, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { ensureBuild, ensurePackages, projectRoot } from "../scripts/setup.mjs";

const rounds = Number(process.argv[2] ?? 9);
delete process.env.NODE_EXTRA_CA_CERTS;
ensurePackages();
await ensureBuild();
const hasBuildah = spawnSync("which", ["buildah"]).status === 0;
const folder = mkdtempSync(join(tmpdir(), "tepal-bench-"));
const own = join(projectRoot, ".build", "bench-image");
mkdirSync(own, { recursive: true });
await build({
  entryPoints: { image: "src/image/index.ts", registry: "test/support/registry.ts", push: "bench/push-model.ts" },
  absWorkingDir: projectRoot,
  outdir: own,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  logLevel: "warning",
});
const image = await import(join(own, "image.mjs"));

const registry = await startRegistry();
try {
  await compare(registry.host);
} finally {
  registry.stop();
  if (hasBuildah)
    for (const words of [
      ["rm", "--all"],
      ["rmi", "--all", "--force"],
    ])
      spawnSync("buildah", [...storage(), ...words]);
  // What the overlay driver leaves mounted.
  spawnSync("umount", [join(folder, "root", "overlay")]);
  rmSync(folder, { recursive: true, force: true });
}

async function compare(host) {
  const bundleBytes = readFileSync(join(projectRoot, "dist", "function.cjs"));
  const modelFile = readFileSync(join(projectRoot, "examples", "iris", "iris_model.sav"));
  const cacheDir = join(folder, "cache");
  const repository = new image.Repository({ registry: host, repository: "ours" });

  const ours = async (round) => {
    const base = await image.nodeBase({ execPath: process.execPath, system: process.platform, cacheDir });
    const bundle = await image.bundleLayer(bundleBytes, cacheDir);
    const built = image.buildFunctionImage({
      base,
      bundle,
      model: { name: "iris_model.sav", bytes: changed(modelFile, round) },
    });
    return image.pushImage(built, repository, `v${round}`);
  };
  const first = performance.now();
  const { bytesSent } = await ours("first");
  console.log(`first push with the base: ${(performance.now() - first).toFixed(0)} ms, ${bytesSent} bytes`);
  const theirs = hasBuildah ? prepareBuildah(host, bundleBytes, modelFile) : undefined;

  const times = { ours: [], process: [], buildah: [] };
  let sent = 0;
  for (let round = -1; round < rounds; round++) {
    const taken = {};
    taken.ours = await timed(async () => {
      sent = (await ours(round)).bytesSent;
    });
    const modelPath = join(folder, "model.sav");
    writeFileSync(modelPath, changed(modelFile, `process ${round}`));
    taken.process = await timed(() =>
      execFileSync(process.execPath, [join(own, "push.mjs"), host, cacheDir, modelPath]),
    );
    if (theirs) taken.buildah = await timed(() => theirs(round));
    // The first round fills caches.
    if (round >= 0) for (const [name, ms] of Object.entries(taken)) times[name].push(ms);
  }

  console.log(
    `${cpus()[0].model}, ${cpus().length} cores, Node ${process.versions.node}, ${host}, median of ${rounds} rounds`,
  );
  console.log(`build and push, in a running process  ${median(times.ours).toFixed(1)} ms, ${sent} bytes sent`);
  console.log(`build and push, process start included ${median(times.process).toFixed(1)} ms`);
  if (!theirs) return console.log("buildah is not installed: measured without it");
  console.log(`buildah build and push                ${median(times.buildah).toFixed(1)} ms`);
  const ratio = (name) => median(times.buildah.map((ms, round) => ms / times[name][round])).toFixed(1);
  console.log(`buildah / ours: ${ratio("ours")} (bar: at least 20), with our process's start: ${ratio("process")}`);
}

/** buildah with the same base in its storage and a build of the same two layers, the lower one cached. */
function prepareBuildah(host, bundleBytes, modelFile) {
  const context = join(folder, "context");
  mkdirSync(context);
  const config = join(folder, "containers.conf");
  writeFileSync(config, "[containers]\ndefault_ulimits = []\n");
  writeFileSync(join(context, "function.cjs"), bundleBytes);
  const lines = [
    `FROM ${host}/ours:vfirst`,
    "COPY function.cjs /var/task/other.cjs",
    "COPY model.sav /var/task/model/model.sav",
  ];
  writeFileSync(join(context, "Containerfile"), lines.join("\n"));
  const env = { ...process.env, CONTAINERS_CONF: config };
  const buildah = (...args) => execFileSync("buildah", [...storage(), ...args], { stdio: "pipe", env });
  const buildAndPush = (round) => {
    writeFileSync(join(context, "model.sav"), changed(modelFile, round));
    buildah(
      "build",
      "--layers",
      "--tls-verify=false",
      "--tag",
      "theirs",
      "--file",
      join(context, "Containerfile"),
      context,
    );
    buildah("push", "--tls-verify=false", "theirs", `docker://${host}/theirs:v${round}`);
  };
  buildAndPush("first");
  return buildAndPush;
}

/** The overlay driver: vfs copies the whole base for each layer, which would flatter us. */
function storage() {
  return ["--root", join(folder, "root"), "--runroot", join(folder, "run"), "--storage-driver", "overlay"];
}

/** The strict registry of the tests, in memory and in its own process: it costs both sides the least. */
function startRegistry() {
  const program = join(own, "serve.mjs");
  writeFileSync(
    program,
    `import { startRegistry } from "./registry.mjs";
     process.send((await startRegistry({ after() {} }, { mounts: true })).host);`,
  );
  const child = fork(program);
  return new Promise((resolve) =>
    child.once("message", (host) => resolve({ host, stop: () => child.kill("SIGKILL") })),
  );
}

/** The model with other bytes at its end, which a pickle may have. */
function changed(modelFile, round) {
  return Buffer.concat([modelFile, Buffer.from(`round ${round}`)]);
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
