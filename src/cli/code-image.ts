// Builds the image of the user's own Python code: a base with Python, AWS's runtime client, packages, code.

import { TepalError } from "../base/index.js";
import {
  buildPythonImage,
  codeFiles,
  codeLayers,
  dependencyDirectory,
  formatPlatform,
  type Image,
  ImageError,
  type Platform,
  type PythonBase,
  parsePlatform,
  pythonBase,
  pythonBaseOf,
  runtimeDirectory,
} from "../image/index.js";
import type { CodeChoice, CodeSource } from "./code-source.js";
import type { CommandContext } from "./command-context.js";
import { cacheDirectory } from "./directories.js";
import { CliError } from "./errors.js";
import { hostBase, readNamedImage, thisPlatform } from "./named-image.js";
import { commandLineError } from "./parse.js";
import { compressProgress } from "./progress.js";
import { findPython } from "./python/interpreter.js";
import { Packages } from "./python/packages.js";
import { chooseVersion } from "./python/python-version.js";
import { readProject, requirementsOf } from "./python/requirements.js";

interface BaseChoice extends CodeChoice {
  readonly base: string | undefined;
  readonly platform: string | undefined;
}

const awsImages = "public.ecr.aws/lambda/python";
/** Without --base, a network without a way to the registry must not delay the build longer. */
const registryMsMax = 15_000;
/** Of the base images in use: Debian 10 and later, Amazon Linux 2023, Red Hat 8. */
const commonGlibc = "2.28";
/** The first version whose wheels contain the client's C extension. */
const runtimeClient = "awslambdaric>=3";

/**
 * @throws CliError "python-...", "requirements-...", ImageError "image-code-...", "image-base-...", "registry-..."
 */
export async function buildCodeImage(source: CodeSource, choice: BaseChoice, context: CommandContext): Promise<Image> {
  const { directory, handler, name } = source;
  const cacheDir = cacheDirectory(context);
  const { requirements, requiresPython } = await readProject(directory, choice.pip ?? [], context);
  const { files, secrets } = codeFiles(directory, new Set(requirements.paths));
  if (secrets.length > 0) {
    context.terminal.note(
      `Not in the image, because such files contain secrets: ${secrets.join(", ")}. Set environment variables instead.`,
    );
  }
  const base = await chosenBase(choice, requiresPython, context);
  const { version, glibc = commonGlibc } = base;
  const platform: Platform = { os: base.os, architecture: base.architecture };
  const packages = new Packages({ platform, version, glibc }, context);
  const pins = await packages.resolve(requirements, directory, choice.lock ?? false);
  const { indexOptions } = requirements;
  const dependencies =
    pins.length > 0 ? await packages.layers(pins, dependencyDirectory, { indexOptions, compile: true }) : undefined;
  const client = base.python === undefined ? [] : await packages.resolved(requirementsOf({ lines: [runtimeClient] }));
  const runtime = client.length > 0 ? (await packages.layers(client, runtimeDirectory)).packages : undefined;
  const code = await codeLayers(files, cacheDir, compressProgress(context, name));
  return buildPythonImage({
    base,
    runtime,
    dependencies: dependencies?.packages,
    bytecode: dependencies?.bytecode,
    code,
    handler,
    title: name,
  });
}

type VersionedBase = PythonBase & { readonly version: string };

async function chosenBase(
  choice: BaseChoice,
  requiresPython: string | undefined,
  context: CommandContext,
): Promise<VersionedBase> {
  const { base, platform: requested } = choice;
  const platform = requested === undefined ? thisPlatform(context) : parsePlatform(requested);
  if (base !== undefined && base !== hostBase) {
    return versioned(await readBase(base, platform, context), choice.python, base);
  }
  const version = await chosenVersion(choice.python, requiresPython, context);
  if (base === hostBase) return hostBaseOf(version, platform, context);
  const reference = `${awsImages}:${version}`;
  try {
    return versioned(await withinTime(readBase(reference, platform, context), reference, context), version, reference);
  } catch (error) {
    if (!(error instanceof TepalError) || error.code !== "registry-unreachable") throw error;
    const found = await hostBaseOf(version, platform, context);
    context.terminal.note(
      `${reference} is unreachable: the base is this machine's Python ${version}. To use it without asking the registry, pass --base host.`,
    );
    return found;
  }
}

async function chosenVersion(
  python: string | undefined,
  requires: string | undefined,
  context: CommandContext,
): Promise<string> {
  if (python !== undefined) return python;
  const found = chooseVersion(requires, (await findPython(undefined, context))?.version);
  if (found !== undefined) return found;
  throw requires === undefined
    ? new CliError("python-version", "The Python version is unknown: this machine has no Python 3")
    : new CliError("python-version", `No supported Python version satisfies requires-python "${requires}"`);
}

async function hostBaseOf(version: string, platform: Platform, context: CommandContext): Promise<VersionedBase> {
  const python = await findPython(version, context);
  if (!python) {
    throw new CliError("python-not-found", `This machine has no Python ${version} for the base of the image`);
  }
  const onProgress = compressProgress(context, `Python ${version}`);
  const options = { python, system: context.platform, cacheDir: cacheDirectory(context), onProgress };
  const base = await pythonBase(options);
  if (formatPlatform(base) === formatPlatform(platform)) return { ...base, version };
  throw commandLineError(
    `This machine's Python is for ${formatPlatform(base)}`,
    `Choose a base image for ${formatPlatform(platform)} with --base, such as ${awsImages}:${version}.`,
  );
}

async function readBase(base: string, platform: Platform, context: CommandContext): Promise<PythonBase> {
  const { image, tag } = await readNamedImage(base, platform, context);
  return pythonBaseOf(image, tag);
}

function versioned(base: PythonBase, requested: string | undefined, name: string): VersionedBase {
  const { version = requested } = base;
  if (version === undefined) throw new CliError("python-version", `${name} does not state its Python version`);
  if (requested === undefined || requested === version) return { ...base, version };
  throw new CliError("python-version", `${name} has Python ${version}, expected ${requested}`);
}

async function withinTime<T>(work: Promise<T>, name: string, { sleep }: CommandContext): Promise<T> {
  const done = new AbortController();
  const late = sleep(registryMsMax, done.signal).then(() => {
    throw new ImageError("registry-unreachable", `${name}: no response for ${registryMsMax / 1000} s`);
  });
  late.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}
