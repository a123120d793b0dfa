// Recognizes an unpacked function image that this Tepal built, by content. Labels prove nothing, because the builder of
// an image chooses them.

import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { verified } from "./blob.js";
import { type Digest, digestOf } from "./digest.js";
import { splitAssignment } from "./documents.js";
import { bundlePath, functionLayersOf, modelDirectory, taskRoot } from "./function-image.js";
import { configOf, type Image } from "./image.js";
import { unpackLayer } from "./unpack/unpack-layer.js";

/**
 * What a container engine would run of an image: its root file system, and its config combined with the settings of the
 * function.
 */
export interface UnpackedImage {
  readonly rootDir: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
}

/** The code directory of a function image. Packages are there for ONNX models only. */
const taskEntries: ReadonlySet<string> = new Set(["function.cjs", "model", "node_modules"]);
/**
 * Variables with which Node, the dynamic linker or a shell load other code than the runtime. NODE_VERSION is set by
 * Docker's Node images.
 */
const loaderVariable =
  /^(NODE_(?!VERSION$)|LD_(?!LIBRARY_PATH$)|DYLD_|GCONV_PATH$|GLIBC_TUNABLES$|OPENSSL_|SSL_CERT_|BASH_|ENV$|IFS$)/;

/**
 * Why an unpacked image is not one that this Tepal built; undefined when it is.
 * @param runtime digest of the runtime that this Tepal puts into function images
 */
export function functionRootMismatch(image: UnpackedImage, runtime: Digest): string | undefined {
  const { rootDir, command, environment, workingDirectory } = image;
  if (command.length !== 2 || command[1] !== bundlePath) {
    return `its command is ${JSON.stringify(command)} and not Node with ${bundlePath} alone`;
  }
  if (workingDirectory !== taskRoot) return `its working directory is ${workingDirectory} and not ${taskRoot}`;
  const variable = Object.keys(environment).find((name) => loaderVariable.test(name));
  if (variable !== undefined) return `the environment variable ${variable} is set`;
  // Every directory on the way: a symbolic link would be resolved against this machine's root and not the image's.
  for (const directory of ["/var", taskRoot, modelDirectory]) {
    if (!statsOf(rootDir, directory)?.isDirectory()) return `${directory} is not a directory`;
  }
  const foreign = readdirSync(join(rootDir, taskRoot)).find((name) => !taskEntries.has(name));
  if (foreign !== undefined) return `${taskRoot} also has ${JSON.stringify(foreign)}`;
  if (!statsOf(rootDir, bundlePath)?.isFile()) return `${bundlePath} is not a file`;
  if (digestOf(readFileSync(join(rootDir, bundlePath))) !== runtime) {
    return `${bundlePath} is not this Tepal's runtime (if another version of Tepal built the image, build it again)`;
  }
  const model = environment.TEPAL_MODEL ?? "";
  const name = model.slice(modelDirectory.length + 1);
  if (!model.startsWith(`${modelDirectory}/`) || name.includes("/") || !statsOf(rootDir, model)?.isFile()) {
    return `TEPAL_MODEL is ${JSON.stringify(model)} and not a file in ${modelDirectory}`;
  }
  // The runtime reads the files that a chain.json names.
  const other = readdirSync(join(rootDir, modelDirectory)).find(
    (entry) => !statsOf(rootDir, `${modelDirectory}/${entry}`)?.isFile(),
  );
  if (other !== undefined) return `${modelDirectory}/${other} is not a file`;
  return undefined;
}

/**
 * Unpacks what a function image has above its base: the runtime and the model.
 * @param rootDir an empty directory
 * @returns the path of the model file in the root; undefined for an image that this Tepal did not build
 */
export async function unpackFunction(image: Image, rootDir: string, runtime: Digest): Promise<string | undefined> {
  const { config, history } = await configOf(image);
  const layers = functionLayersOf(image, history);
  if (layers.length === 0) return undefined;
  for (const layer of layers) await unpackLayer(verified(layer.open(), layer), rootDir);
  const environment = Object.fromEntries((config.Env ?? []).map(splitAssignment));
  const mismatch = functionRootMismatch(
    {
      rootDir,
      command: [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])],
      environment,
      workingDirectory: config.WorkingDir ?? "/",
    },
    runtime,
  );
  return mismatch === undefined ? environment.TEPAL_MODEL : undefined;
}

function statsOf(rootDir: string, path: string) {
  return lstatSync(join(rootDir, path), { throwIfNoEntry: false });
}
