// `npm test`: set-up, types, lint, then every *.test.ts of src/ and test/. Arguments narrow the run:
// `npm test -- pickle` runs the test files whose path contains "pickle", without the checks before them, and
// `npm test -- --fast` those of src/ that need no sandbox, no container tool and no long search.
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { runTestFiles } from "./run-test-files.mjs";
import { ensureBuild, ensurePackages, filesUnder, note, projectRoot, run } from "./setup.mjs";

/** What `--fast` leaves out of src/: tests that start sandboxes or programs of the machine, and fuzz tests. */
const slowTests =
  /^src\/(cloud\/lambda\/|cloud\/store\/|image\/(host-base|unpack)\/|train\/scikit-learn\.)|fuzz\.test\.ts$/;
const slowestShown = 10;
/** One directory a run, so that two runs do not meet. */
const outDir = join(projectRoot, ".build", String(process.pid));

process.chdir(projectRoot);
// A corporate certificate bundle triples the start of every Node child and no test leaves the machine.
delete process.env.NODE_EXTRA_CA_CERTS;
const { values: options, positionals: patterns } = parseArgs({
  allowPositionals: true,
  options: { fast: { type: "boolean", default: false } },
});
ensurePackages();
if (patterns.length === 0 && !options.fast) {
  note("Checking types, format and lint ...");
  run("npx", ["--no-install", "tsc", "--noEmit"]);
  run("npx", ["--no-install", "biome", "check"]);
}
await ensureBuild();

const paths = ["src", "test"].flatMap((directory) => filesUnder(directory));
const sources = paths.filter((path) => path.endsWith(".ts"));
const kernels = paths.filter((path) => path.endsWith(".wat"));
const { build } = await import("esbuild");
const { compileWat } = await import("./wat.mjs");
mkdirSync(outDir, { recursive: true });
process.on("exit", () => rmSync(outDir, { recursive: true, force: true }));
await build({
  // Kernels under the names by which modules import them: kernel.wat as kernel.wat.js.
  entryPoints: [
    ...sources.map((path) => ({ in: path, out: path.replace(/\.ts$/, "") })),
    ...kernels.map((path) => ({ in: path, out: path })),
  ],
  outdir: outDir,
  outbase: projectRoot,
  platform: "node",
  target: "node20.11",
  format: "esm",
  plugins: [compileWat],
  sourcemap: "inline",
  logLevel: "warning",
});
symlinkSync(join(projectRoot, "node_modules"), join(outDir, "node_modules"));

const files = sources.filter(isSelected).map((path) => join(outDir, path.replace(/\.ts$/, ".js")));
if (files.length === 0) {
  note(`No test file's path contains ${patterns.join(" or ")}.`);
  process.exit(1);
}
const results = await runTestFiles({
  files,
  onFile: (file, output) => process.stdout.write(`\n${nameOf(file)}\n${output}`),
});

const lines = (kind) =>
  results.flatMap((result) =>
    result[kind].map(({ name, reason }) => `${nameOf(result.file)}: ${name}${reason ? `: ${reason}` : ""}`),
  );
const [passed, failed, skipped] = ["passed", "failed", "skipped"].map(lines);
const slowest = results.toSorted((a, b) => b.seconds - a.seconds).slice(0, slowestShown);
printList("Skipped", skipped);
printList(
  "Ended after their test file",
  results.flatMap(({ file, leftRunning }) => leftRunning.map((command) => `${nameOf(file)}: ${command}`)),
);
printList(
  "Slowest files",
  slowest.map(({ file, seconds }) => `${seconds.toFixed(1).padStart(6)} s  ${nameOf(file)}`),
);
printList("Failed", failed);
console.log(`\n${passed.length} passed, ${failed.length} failed, ${skipped.length} skipped`);
process.exitCode = failed.length === 0 && passed.length > 0 ? 0 : 1;

function isSelected(path) {
  if (!path.endsWith(".test.ts")) return false;
  if (options.fast && (!path.startsWith("src/") || slowTests.test(path))) return false;
  return patterns.length === 0 || patterns.some((pattern) => path.includes(pattern));
}

/** A test file's source, relative to the project. */
function nameOf(file) {
  return relative(outDir, file).replace(/\.js$/, ".ts");
}

function printList(title, entries) {
  if (entries.length > 0) console.log(`\n${title}:\n${entries.map((entry) => `  ${entry}`).join("\n")}`);
}
