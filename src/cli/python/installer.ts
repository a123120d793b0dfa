// pip or uv: resolves requirements to exact versions with hashes, and installs those, for the image's platform.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Platform } from "../../image/index.js";
import type { CommandContext } from "../command-context.js";
import { CliError } from "../errors.js";
import { findPython } from "./interpreter.js";
import { formatPins, type Pin, parsePins, pinsOfReport } from "./pins.js";
import { pipRunner } from "./pip-runner.js";
import type { Requirements } from "./requirements.js";
import { type Ended, runProgram, withoutCredentials } from "./run-program.js";
import { uvIndexVariables } from "./uv-index.js";

/** What packages are installed for. */
export interface Target {
  readonly platform: Platform;
  /** "3.12" */
  readonly version: string;
  /** Version of glibc, the newest for which wheels can be built. */
  readonly glibc: string;
}

/** Called with what the program says that it is doing. */
type OnLine = (line: string) => void;

export interface Installer {
  readonly name: "pip" | "uv";
  resolve(requirements: Requirements, target: Target, onLine?: OnLine): Promise<InstallerResult<readonly Pin[]>>;
  /** Installs exactly these packages into an empty directory. */
  install(
    pins: readonly Pin[],
    indexOptions: readonly string[],
    target: Target,
    into: string,
    onLine?: OnLine,
  ): Promise<InstallerResult>;
}

/** The result, or what the program printed when it failed. */
type InstallerResult<T = void> = { readonly value: T } | { readonly failed: Ended };

/** Python's name of the architecture by OCI's. */
const machines: Readonly<Record<string, string>> = { amd64: "x86_64", arm64: "aarch64" };
/** uv's platforms `x86_64-manylinux_2_N`. */
const uvGlibcMinors = [40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 28, 17];
/** manylinux2014. */
const oldestGlibcMinor = 17;

/**
 * uv if it is installed, else pip of this machine's Python, of the target's version if there is one.
 * @throws CliError "python-not-found"
 */
export async function findInstaller(version: string, context: CommandContext): Promise<Installer> {
  const uv = await runProgram("uv", ["--version"], { env: context.env });
  if (uv?.status === 0) return uvInstaller(context);
  for (const candidate of [version, undefined]) {
    const python = await findPython(candidate, context);
    if (!python) continue;
    const pip = await runProgram(python.program, ["-m", "pip", "--version"], { env: context.env, cwd: tmpdir() });
    if (pip?.status === 0) return pipInstaller(python.program, context);
  }
  throw new CliError("python-not-found", "Packages cannot be installed: neither uv nor Python 3 with pip was found");
}

function pipInstaller(python: string, { env }: CommandContext): Installer {
  // A setting for virtual environments or the user's directory would contradict --target.
  const settings = {
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    PIP_NO_INPUT: "1",
    PIP_REQUIRE_VIRTUALENV: "0",
    PIP_USER: "0",
  };
  const pip = async (args: readonly string[], target: Target, directory: string, onLine?: OnLine) => {
    const ended = await runProgram(
      python,
      ["-c", pipRunner, JSON.stringify(markersOf(target)), "install", ...args, ...pipTarget(target)],
      { env: { ...env, ...settings }, cwd: directory, onLine: shownLine(onLine) },
    );
    return ended ?? { status: null, stdout: "", stderr: `${python} could not be started` };
  };
  return {
    name: "pip",
    resolve: (requirements, target, onLine) =>
      inTemporaryDirectory(async (directory) => {
        const report = join(directory, "report.json");
        const files = await requirementFiles(requirements, directory);
        const args = ["--dry-run", "--ignore-installed", "--report", report, "--target", join(directory, "none")];
        const ended = await pip([...args, ...files.flatMap((path) => ["-r", path])], target, directory, onLine);
        return ended.status === 0 ? { value: pinsOfReport(await readFile(report)) } : { failed: ended };
      }),
    install: (pins, indexOptions, target, into, onLine) =>
      inTemporaryDirectory(async (directory) => {
        const path = join(directory, "requirements.txt");
        await writeFile(path, [...indexOptions, formatPins(pins)].join("\n"), { mode: 0o600 });
        const args = ["--no-deps", "--require-hashes", "--no-compile", "--target", into, "-r", path];
        const ended = await pip(args, target, directory, onLine);
        return ended.status === 0 ? { value: undefined } : { failed: ended };
      }),
  };
}

function pipTarget({ platform, version, glibc }: Target): string[] {
  const machine = machines[platform.architecture] ?? platform.architecture;
  const newest = Number(glibc.split(".")[1]);
  const minors = Array.from({ length: newest - oldestGlibcMinor + 1 }, (_, index) => newest - index);
  const platforms = [...minors.map((minor) => `manylinux_2_${minor}_${machine}`), `manylinux2014_${machine}`];
  const abi = `cp${version.replace(".", "")}`;
  return [
    ...["--only-binary=:all:", "--implementation", "cp", "--python-version", version, "--abi", abi],
    ...platforms.flatMap((name) => ["--platform", name]),
  ];
}

/** Environment markers (PEP 508) of the image. */
function markersOf({ platform, version }: Target): Readonly<Record<string, string>> {
  return {
    os_name: "posix",
    sys_platform: "linux",
    platform_system: "Linux",
    platform_machine: machines[platform.architecture] ?? platform.architecture,
    platform_python_implementation: "CPython",
    implementation_name: "cpython",
    python_version: version,
    python_full_version: `${version}.0`,
  };
}

function uvInstaller(context: CommandContext): Installer {
  const uv = async (args: readonly string[], target: Target, directory: string, onLine?: OnLine) => {
    const { platform, version, glibc } = target;
    const machine = machines[platform.architecture] ?? platform.architecture;
    const minor = uvGlibcMinors.find((minor) => minor <= Number(glibc.split(".")[1])) ?? oldestGlibcMinor;
    const targetOptions = ["--python-platform", `${machine}-manylinux_2_${minor}`, "--python-version", version];
    const env = { ...context.env, ...(await uvIndexVariables(context)), NO_COLOR: "1" };
    const ended = await runProgram("uv", ["pip", ...args, ...targetOptions, "--only-binary", ":all:"], {
      env,
      cwd: directory,
      onLine: shownLine(onLine),
    });
    return ended ?? { status: null, stdout: "", stderr: "uv could not be started" };
  };
  return {
    name: "uv",
    resolve: (requirements, target, onLine) =>
      inTemporaryDirectory(async (directory) => {
        const files = await requirementFiles(requirements, directory);
        const options = ["--generate-hashes", "--no-header", "--no-annotate", "--quiet"];
        const ended = await uv(["compile", ...options, ...files], target, directory, onLine);
        return ended.status === 0 ? { value: parsePins(ended.stdout) } : { failed: ended };
      }),
    install: (pins, indexOptions, target, into, onLine) =>
      inTemporaryDirectory(async (directory) => {
        const path = join(directory, "requirements.txt");
        await writeFile(path, [...indexOptions, formatPins(pins)].join("\n"), { mode: 0o600 });
        // Links into uv's cache would give the layer other modes, and a cache on another disk fails.
        const options = ["--no-deps", "--require-hashes", "--link-mode", "copy", "--target", into];
        const ended = await uv(["install", ...options, "-r", path], target, directory, onLine);
        return ended.status === 0 ? { value: undefined } : { failed: ended };
      }),
  };
}

/** An index's URL can contain a password. */
function shownLine(onLine: OnLine | undefined): OnLine | undefined {
  return onLine && ((line) => onLine(withoutCredentials(line)));
}

/** The paths for pip's and uv's option -r. */
async function requirementFiles({ file, lines }: Requirements, directory: string): Promise<string[]> {
  if (lines.length === 0) return file === undefined ? [] : [file];
  const path = join(directory, "requirements.in");
  await writeFile(path, `${lines.join("\n")}\n`);
  return file === undefined ? [path] : [file, path];
}

/**
 * pip and uv run in a directory without files: `python -c` imports modules of its working directory, in which the
 * user's `random.py` would replace Python's.
 */
async function inTemporaryDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "tepal-packages-"));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
