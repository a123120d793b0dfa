// `npm run wheel [PLATFORM...]`: builds the Python wheel of a platform into .build/wheels/. It consists of the packed
// npm package, LMDB for the platform, and the Python module of python/. Default: this machine's platform.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBuild, ensurePackages, note, projectRoot, run } from "./setup.mjs";

/** Python's platform tags by Node's names. LMDB's binaries for Linux are for glibc 2.28 and for musl. */
const tags = {
  "linux-x64": "manylinux_2_28_x86_64.musllinux_1_2_x86_64",
  "linux-arm64": "manylinux_2_28_aarch64.musllinux_1_2_aarch64",
  "darwin-x64": "macosx_11_0_x86_64",
  "darwin-arm64": "macosx_11_0_arm64",
  "win32-x64": "win_amd64",
  "win32-arm64": "win_arm64",
};

/** Only the build of LMDB from source needs this package. */
const buildOnly = "node-addon-api";
/** Sources, declarations, and binaries for a version of Node where those of Node-API work with every one. */
const omitted = /\/(?:src|dependencies|bin|test|benchmarks)$|\.(?:md|map|gyp|d\.c?ts)$|\.abi\d+\.[\w.]+$/;

/** @param outDir the directory of the wheels @returns their paths */
export async function buildWheels(platforms, outDir, python = "python3") {
  mkdirSync(outDir, { recursive: true });
  for (const platform of platforms) {
    const tag = tags[platform];
    if (!tag) throw new Error(`Unknown platform ${platform}; known are ${Object.keys(tags).join(", ")}`);
    const work = mkdtempSync(join(tmpdir(), "tepal-wheel-"));
    try {
      const command = join(work, "command");
      copyPackage(command);
      copyDependencies(command, platform, work);
      run(python, ["-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", outDir, join(projectRoot, "python")], {
        env: { ...process.env, TEPAL_WHEEL_COMMAND: command, TEPAL_WHEEL_TAG: `py3-none-${tag}` },
      });
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  return readdirSync(outDir)
    .filter((name) => name.endsWith(".whl"))
    .map((name) => join(outDir, name));
}

/** The files of the npm package. Without the build of "prepack": the caller has done it. */
function copyPackage(to) {
  const words = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const { stdout } = spawnSync("npm", words, {
    cwd: projectRoot,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const [{ files }] = JSON.parse(stdout);
  for (const { path } of files) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(join(projectRoot, path), join(to, path));
  }
}

function copyDependencies(to, platform, work) {
  const copied = new Set([buildOnly]);
  const copy = (name) => {
    if (copied.has(name)) return;
    copied.add(name);
    const from = join(projectRoot, "node_modules", name);
    cpSync(from, join(to, "node_modules", name), { recursive: true, filter: (path) => !omitted.test(path) });
    const { dependencies = {} } = JSON.parse(readFileSync(join(from, "package.json"), "utf8"));
    for (const dependency of Object.keys(dependencies)) copy(dependency);
  };
  copy("lmdb");
  const binary = `@lmdb/lmdb-${platform}`;
  if (existsSync(join(projectRoot, "node_modules", binary))) return copy(binary);
  const { version } = JSON.parse(readFileSync(join(projectRoot, "node_modules", "lmdb", "package.json"), "utf8"));
  const target = join(to, "node_modules", binary);
  mkdirSync(target, { recursive: true });
  run("npm", ["pack", "--silent", `${binary}@${version}`, "--pack-destination", work], { cwd: work });
  const [archive] = readdirSync(work).filter((name) => name.endsWith(".tgz"));
  run("tar", ["-xzf", join(work, archive), "-C", target, "--strip-components", "1", "--exclude", "*.abi*"]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensurePackages();
  await ensureBuild();
  const platforms = process.argv.slice(2);
  const own = `${process.platform}-${process.arch}`;
  for (const path of await buildWheels(platforms.length > 0 ? platforms : [own], join(projectRoot, ".build", "wheels")))
    note(path);
}
