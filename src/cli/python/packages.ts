// Layers of packages: the requirements are resolved to exact versions, and installed unless the layer is cached.

import { createHash, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { bytecodeLayer, formatPlatform, type Layer, packageLayer } from "../../image/index.js";
import type { CommandContext } from "../command-context.js";
import { cacheDirectory } from "../directories.js";
import { writing } from "../files.js";
import { compressProgress, withProgress } from "../progress.js";
import { findInstaller, type Installer, type Target } from "./installer.js";
import { installerError } from "./installer-error.js";
import { findPython, type Interpreter } from "./interpreter.js";
import { formatLock, lockFileName, readLock } from "./lock-file.js";
import { formatPins, type Pin, parsePins } from "./pins.js";
import type { Requirements } from "./requirements.js";
import { runProgram } from "./run-program.js";

/** Part of every key: increase it when the same requirements give another resolution. */
const cacheVersion = 1;
/** Settings of pip and uv that change what is found. */
const indexSetting = /^(PIP|UV)_.*(INDEX|FIND_LINKS|CONSTRAINT|PRE|CONFIG_FILE)/;

export class Packages {
  readonly #context: CommandContext;
  readonly #target: Target;
  #installer: Promise<Installer> | undefined;

  constructor(target: Target, context: CommandContext) {
    this.#target = target;
    this.#context = context;
  }

  /**
   * The exact packages of a project's requirements: those of its lock file, else those of the last build with the same
   * requirements, else the newest. With `lock`, the newest, which are written to the lock file.
   * @throws CliError "requirements-unresolved", "python-not-found", "file-unwritable"
   */
  async resolve(requirements: Requirements, directory: string, lock: boolean): Promise<readonly Pin[]> {
    if (requirements.file === undefined && requirements.lines.length === 0) return [];
    const digest = this.#digestOf(requirements);
    const locked = lock ? undefined : readLock(directory, digest);
    if (locked === "other") {
      this.#context.terminal.note(
        `${lockFileName} is not used: it is for other requirements or for another Python. Update it with --lock.`,
      );
    } else if (locked) return locked;
    const pins = await this.resolved(requirements, lock);
    if (lock) {
      const path = join(directory, lockFileName);
      const text = formatLock(
        pins,
        digest,
        `Python ${this.#target.version} on ${formatPlatform(this.#target.platform)}`,
      );
      await writing(path, writeFile(path, text));
    }
    return pins;
  }

  /** The packages of the last build with the same requirements, or else (or if `anew`) the newest. */
  async resolved(requirements: Requirements, anew = false): Promise<readonly Pin[]> {
    const { env } = this.#context;
    const settings = Object.entries(env)
      .filter(([name]) => indexSetting.test(name))
      .sort();
    const key = hashOf([this.#digestOf(requirements), this.#target, settings]);
    const directory = join(cacheDirectory(this.#context), "packages");
    const path = join(directory, `${key}.txt`);
    const recorded = anew ? undefined : await readFile(path, "utf8").catch(() => undefined);
    if (recorded !== undefined) return parsePins(recorded);
    const installer = await this.#findInstaller();
    const result = await withProgress(this.#context, { label: installer.name, unit: "lines" }, (progress) =>
      installer.resolve(requirements, this.#target, (detail) => progress.update({ detail })),
    );
    if ("failed" in result) throw installerError(installer.name, result.failed, this.#target);
    await mkdir(directory, { recursive: true });
    const partial = `${path}.${randomUUID()}`;
    await writeFile(partial, formatPins(result.value));
    await rename(partial, path);
    return result.value;
  }

  /**
   * The layer of these packages, and with `compile` also that of their compiled files, if this machine has a Python of
   * the image's version.
   * @throws CliError "requirements-unresolved", "python-not-found"
   */
  async layers(
    pins: readonly Pin[],
    into: string,
    { indexOptions = [], compile = false }: { indexOptions?: readonly string[]; compile?: boolean } = {},
  ): Promise<{ readonly packages: Layer; readonly bytecode: Layer | undefined }> {
    const directory = await mkdtemp(join(tmpdir(), "tepal-installed-"));
    let installed: Promise<void> | undefined;
    const install = async () => {
      installed ??= this.#install(pins, indexOptions, directory);
      await installed;
      return directory;
    };
    const onProgress = compressProgress(this.#context, "packages");
    const key = [this.#target, formatPins(pins)];
    const options = { key, into, cacheDir: cacheDirectory(this.#context), onProgress };
    const python = compile ? await findPython(this.#target.version, this.#context) : undefined;
    try {
      const packages = await packageLayer({ ...options, install });
      const bytecode =
        python &&
        (await bytecodeLayer({ ...options, install: async () => compilePackages(await install(), into, python) }));
      return { packages, bytecode };
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  async #install(pins: readonly Pin[], indexOptions: readonly string[], directory: string): Promise<void> {
    const installer = await this.#findInstaller();
    this.#context.terminal.note(`Installing ${pins.map(nameOf).join(", ")} with ${installer.name} ...`);
    const result = await withProgress(this.#context, { label: installer.name, unit: "lines" }, (progress) =>
      installer.install(pins, indexOptions, this.#target, directory, (detail) => progress.update({ detail })),
    );
    if ("failed" in result) throw installerError(installer.name, result.failed, this.#target);
  }

  #findInstaller(): Promise<Installer> {
    this.#installer ??= findInstaller(this.#target.version, this.#context);
    return this.#installer;
  }

  /** Of the requirements for this Python and platform. glibc of a base may change without changing the packages. */
  #digestOf({ digest }: Requirements): string {
    return hashOf([cacheVersion, digest, this.#target.version, formatPlatform(this.#target.platform)]);
  }
}

/**
 * Compiles the packages in a directory, which will be `into`, and returns the directory. Compiled files contain a hash
 * of their source and no time, and a fixed seed fixes the order of sets: they are the same at each build. Files that do
 * not compile, such as templates, are left to fail when they are imported.
 */
async function compilePackages(directory: string, into: string, { executable }: Interpreter): Promise<string> {
  const paths = ["-s", directory, "-p", into, "-x", "/tests?/", directory];
  const args = ["-S", "-m", "compileall", "-q", "-j", "0", "--invalidation-mode", "unchecked-hash", ...paths];
  await runProgram(executable, args, { env: { PYTHONHASHSEED: "0" }, cwd: tmpdir() });
  return directory;
}

/** `numpy 2.1.0`, or the file of a URL */
function nameOf({ requirement }: Pin): string {
  const [name = "", url] = requirement.split(" @ ");
  return url === undefined ? name.replace("==", " ") : basename(url);
}

function hashOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
