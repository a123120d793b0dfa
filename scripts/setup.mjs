// What a fresh clone needs before any command: the packages of the lock file, and the build.
// Imports nothing but Node's own modules, because it runs before packages are installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));
const nodeMajorMin = 20;

/** Installs the packages when the lock file has changed since the last install. */
export function ensurePackages() {
  if (Number(process.versions.node.split(".")[0]) < nodeMajorMin) {
    fail(`Tepal needs Node ${nodeMajorMin} or newer; this is Node ${process.versions.node}.`);
  }
  const packages = join(projectRoot, "node_modules");
  // A link to another checkout's packages is not this checkout's to replace: `npm ci` would empty what it points to.
  if (lstatSync(packages, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const stamp = join(packages, ".tepal-installed");
  const digest = digestOf([join(projectRoot, "package-lock.json")]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  note("Installing packages (npm ci) ...");
  run("npm", ["ci", "--loglevel=error"]);
  writeFileSync(stamp, digest);
}

/** Builds dist/ when a source file has changed since the last build. */
export async function ensureBuild() {
  const stamp = join(projectRoot, "dist", ".built-from");
  const digest = digestOf([
    ...filesUnder(join(projectRoot, "src")),
    ...filesUnder(join(projectRoot, "scripts")),
    join(projectRoot, "package-lock.json"),
  ]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  note("Building ...");
  const { build } = await import("./build.mjs");
  await build();
  writeFileSync(stamp, digest);
}

export function filesUnder(directory) {
  return readdirSync(directory, { recursive: true })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}

function digestOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths)
    hash.update(path.slice(projectRoot.length)).update("\0").update(readFileSync(path)).update("\0");
  return hash.digest("hex");
}

export function run(command, args, options = {}) {
  // On Windows npm is a batch file, which only a shell runs.
  const shell = process.platform === "win32" && command.startsWith("np");
  const { status, error } = spawnSync(command, args, { cwd: projectRoot, stdio: ["ignore", 2, 2], shell, ...options });
  if (error) fail(`Could not run ${command}: ${error.message}`);
  if (status !== 0) fail(`${command} ${args.join(" ")} failed with status ${status}.`);
}

export function note(text) {
  process.stderr.write(`${text}\n`);
}

function fail(text) {
  note(text);
  process.exit(1);
}
