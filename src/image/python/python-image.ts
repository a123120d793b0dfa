// The image of the user's own Python code: a base with Python, AWS's runtime client, dependencies, code.

import { basename } from "node:path";
import { type BaseImage, created, functionLabel, historyEntry, historyOf, taskRoot } from "../function-image.js";
import { configOf, type Image, imageOf, type Layer } from "../image.js";

/** A root file system with Python. */
export interface PythonBase extends BaseImage {
  /** Absolute path of Python, or a name in its PATH; undefined in AWS's image, whose entry point starts it. */
  readonly python: string | undefined;
  /** "3.12"; undefined if the image does not state it. */
  readonly version: string | undefined;
  /** Version of glibc, for which wheels are chosen; undefined if unknown. */
  readonly glibc: string | undefined;
}

interface PythonImageParts {
  readonly base: PythonBase;
  /** AWS's runtime client, for a base without it. In `runtimeDirectory`. */
  readonly runtime?: Layer | undefined;
  /** In `dependencyDirectory`. */
  readonly dependencies?: Layer | undefined;
  /** From `bytecodeLayer`, for the dependencies. */
  readonly bytecode?: Layer | undefined;
  /** Files of the code in `taskRoot`; those that change least first. */
  readonly code: readonly Layer[];
  /** `module.function` */
  readonly handler: string;
  /** For the label org.opencontainers.image.title. */
  readonly title: string;
}

/** AWS's directory for the runtime client (LAMBDA_RUNTIME_DIR). */
export const runtimeDirectory = "/var/runtime";
/** AWS's directory for packages of layers, which its images search after LAMBDA_TASK_ROOT. */
export const dependencyDirectory = "/opt/python";
/** The entry point of AWS's base images for Lambda. */
const awsEntryPoint = "/lambda-entrypoint.sh";
/** Of the Amazon Linux in AWS's images: AL2 up to Python 3.11, then AL2023. */
const awsGlibc = (version: string) => (Number(version.split(".")[1]) <= 11 ? "2.26" : "2.34");
const versionPattern = /^3\.\d+/;

/**
 * An image as the base of Python code. Its version is that of its environment (PYTHON_VERSION in Docker's images), of
 * its Python program, or of its tag (as in public.ecr.aws/lambda/python:3.12).
 */
export async function pythonBaseOf(image: Image, tag = ""): Promise<PythonBase> {
  const { created: _created, ...config } = await configOf(image);
  const { Entrypoint = [], Cmd = [], Env = [] } = config.config;
  const program = Entrypoint[0] ?? Cmd[0] ?? "";
  const python = /^python(3(\.\d+)?)?$/.test(basename(program)) ? program : "python3";
  const stated = Env.find((each) => each.startsWith("PYTHON_VERSION="))?.slice("PYTHON_VERSION=".length);
  const version = [stated, basename(program).slice("python".length), tag].flatMap(
    (text) => versionPattern.exec(text ?? "") ?? [],
  )[0];
  const ofAws = Entrypoint.includes(awsEntryPoint);
  return {
    ...config,
    layers: image.layers,
    python: ofAws ? undefined : python,
    version,
    glibc: ofAws && version !== undefined ? awsGlibc(version) : undefined,
  };
}

/** Code is the last layer, so that a change of it only changes that layer, the config and the manifest. */
export function buildPythonImage(parts: PythonImageParts): Image {
  const { base, runtime, dependencies, bytecode, code, handler, title } = parts;
  const own = [
    ...(runtime ? [{ layer: runtime, what: "the runtime client" }] : []),
    ...(dependencies ? [{ layer: dependencies, what: "the dependencies" }] : []),
    ...(bytecode ? [{ layer: bytecode, what: "compiled files of the dependencies" }] : []),
    ...code.map((layer) => ({ layer, what: "the code" })),
  ];
  const { os, architecture, variant, config } = base;
  const { Entrypoint, Cmd: _cmd, User: _user, Healthcheck: _check, ...kept } = config;
  const python = base.python === undefined ? {} : withRuntimeClient(base.python, kept.Env ?? []);
  return imageOf(
    {
      created,
      os,
      architecture,
      ...(variant ? { variant } : {}),
      config: {
        ...kept,
        ...(Entrypoint ? { Entrypoint } : {}),
        ...python,
        Cmd: [handler],
        WorkingDir: taskRoot,
        Labels: { ...kept.Labels, [functionLabel]: "1", "org.opencontainers.image.title": title },
      },
      diffIds: [...base.diffIds, ...own.map(({ layer }) => layer.diffId)],
      history: [...historyOf(base), ...own.map(({ what }) => historyEntry(what))],
    },
    [...base.layers, ...own.map(({ layer }) => layer)],
  );
}

/** Starts the runtime client with the variables of AWS's images. A PYTHONPATH of the base is searched last. */
function withRuntimeClient(python: string, env: readonly string[]) {
  const settingOf = (name: string) => env.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);
  const paths = [taskRoot, dependencyDirectory, runtimeDirectory, settingOf("PYTHONPATH") ?? ""];
  const variables = {
    LANG: settingOf("LANG") ?? "C.UTF-8",
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: runtimeDirectory,
    PYTHONPATH: paths.filter((path) => path !== "").join(":"),
  };
  const kept = env.filter((each) => !((each.split("=")[0] ?? "") in variables));
  return {
    Entrypoint: [python, "-m", "awslambdaric"],
    Env: [...kept, ...Object.entries(variables).map(([name, value]) => `${name}=${value}`)],
  };
}
