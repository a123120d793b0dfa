// `npm test`: set-up, types, lint, then every *.test.ts of src/ and test/. Arguments narrow the run:
// `npm test -- pickle` runs the test files whose path contains "pickle", without the checks before them.
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { run as runTests } from "node:test";
import { spec } from "node:test/reporters";
import { ensureBuild, ensurePackages, filesUnder, note, projectRoot, run } from "./setup.mjs";

/** Two at once: most test files wait for a child or a socket, and the smallest machines have two cores. */
const filesAtOnceMax = 2;
/** The slowest file, Terraform's, takes a minute on two busy cores. One that hangs must not take the whole run with it. */
const fileTimeoutMs = 5 * 60_000;
/** One folder a run, so that two runs do not meet. */
const outDir = join(projectRoot, ".build", String(process.pid));

process.chdir(projectRoot);
// A corporate certificate bundle triples the start of every Node child and no test leaves the machine.
delete process.env.NODE_EXTRA_CA_CERTS;
ensurePackages();
const wanted = process.argv.slice(2);
if (wanted.length === 0) {
  note("Checking types, format and lint ...");
  run("npx", ["--no-install", "tsc", "--noEmit"]);
  run("npx", ["--no-install", "biome", "check"]);
}
await ensureBuild();

const sources = ["src", "test"].flatMap((folder) => filesUnder(folder)).filter((path) => path.endsWith(".ts"));
const { build } = await import("esbuild");
mkdirSync(outDir, { recursive: true });
process.on("exit", () => rmSync(outDir, { recursive: true, force: true }));
await build({
  entryPoints: sources,
  outdir: outDir,
  outbase: projectRoot,
  platform: "node",
  target: "node20.11",
  format: "esm",
  sourcemap: "inline",
  logLevel: "warning",
});
symlinkSync(join(projectRoot, "node_modules"), join(outDir, "node_modules"));

const files = sources
  .filter((path) => path.endsWith(".test.ts") && (wanted.length === 0 || wanted.some((part) => path.includes(part))))
  .map((path) => join(outDir, relative(projectRoot, join(projectRoot, path)).replace(/\.ts$/, ".js")));
if (files.length === 0) {
  note(`No test file's path contains ${wanted.join(" or ")}.`);
  process.exit(1);
}

const counts = { passed: 0, failed: 0, skipped: 0 };
const skipped = [];
const failed = [];
const stream = runTests({ files, concurrency: filesAtOnceMax, timeout: fileTimeoutMs });
stream.on("test:pass", (event) => {
  if (event.details?.type === "suite" || isFile(event)) return;
  if (event.skip !== undefined || event.todo !== undefined) {
    counts.skipped++;
    skipped.push(`${event.name}: ${event.skip || event.todo || "no reason given"}`);
  } else counts.passed++;
});
stream.on("test:fail", (event) => {
  if (event.details?.type === "suite") return;
  counts.failed++;
  failed.push(`${relative(outDir, event.file ?? "")}: ${event.name}`);
});
stream.compose(new spec()).pipe(process.stdout);
stream.on("end", () => {
  // After the reporter has written its own summary.
  setImmediate(() => {
    if (failed.length > 0) console.log(`\nFailed:\n${failed.map((line) => `  ${line}`).join("\n")}`);
    if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((line) => `  ${line}`).join("\n")}`);
    console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
    process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
  });
});

/** The runner reports each test file as a test of its own; those are not counted. */
function isFile(event) {
  return event.nesting === 0 && event.name.endsWith(".test.js");
}
