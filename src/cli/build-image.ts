// Builds the image of a source: a model's consists of the base, the runtime, and the model's files as the last layers.

import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Base,
  type Blob,
  baseOf,
  baseWithoutNode,
  blobsOf,
  buildFunctionImage,
  bundleLayer,
  formatPlatform,
  hexOf,
  type Image,
  modelLayer,
  nodeBase,
  onnxLayer,
  parsePlatform,
} from "../image/index.js";
import { buildCodeImage } from "./code-image.js";
import { type CodeChoice, codeArgs } from "./code-source.js";
import type { CommandContext } from "./command-context.js";
import { cacheDirectory } from "./directories.js";
import type { ModelSource } from "./model-source.js";
import { hostBase, readNamedImage, thisPlatform } from "./named-image.js";
import { commandLineError } from "./parse.js";
import { compressProgress } from "./progress.js";
import type { Source } from "./source.js";

/** The arguments of every command that builds an image. */
export const imageArgs = {
  base: {
    completes: "file",
    help: "base image with Node, or with Python for code: an image reference, archive or OCI layout; default: on Linux this machine's Node, elsewhere node:22-slim; AWS's image for Python code (host: this machine's Python)",
    value: "IMAGE",
  },
  platform: { help: "linux/amd64 or linux/arm64, for a multi-platform image or base", value: "OS/ARCH" },
  ...codeArgs,
} as const;

export interface ImageChoice extends CodeChoice {
  readonly base: string | undefined;
  readonly platform: string | undefined;
  /** The image is for the local cloud of this machine, and for nothing else. */
  readonly isLocal?: boolean;
}

/** The default base where this machine's Node is not a Linux program: AWS's copy of Docker's official image. */
const registryBase = "public.ecr.aws/docker/library/node:22-slim";

interface BuiltImage {
  readonly image: Image;
  /** Size in bytes of the blobs that no earlier build on this machine contained. */
  readonly bytesNew: number;
}

/** @throws CliError "image-...", "registry-..." */
export async function buildImage(source: Source, choice: ImageChoice, context: CommandContext): Promise<BuiltImage> {
  const cacheDir = cacheDirectory(context);
  const image = await imageOf(source, choice, cacheDir, context);
  return { image, bytesNew: await rememberBlobs([...blobsOf(image), image.manifest], join(cacheDir, "built")) };
}

async function imageOf(source: Source, choice: ImageChoice, cacheDir: string, context: CommandContext): Promise<Image> {
  switch (source.kind) {
    case "model":
      return modelImage(source, choice, cacheDir, context);
    case "image":
      return source.image;
    case "code":
      return buildCodeImage(source, choice, context);
    default:
      return source satisfies never;
  }
}

async function modelImage(
  { model, name, files }: ModelSource,
  choice: ImageChoice,
  cacheDir: string,
  context: CommandContext,
): Promise<Image> {
  const [base, bundle] = await Promise.all([
    chosenBase(choice, cacheDir, context),
    readFile(join(context.distDir, "function.cjs")).then((bytes) => bundleLayer(bytes, cacheDir)),
  ]);
  const node = choice.base === undefined || choice.base === hostBase ? context.execPath : undefined;
  const requiredBy = join(context.distDir, "tepal.js");
  // The format of a chain lists those of its files.
  const needsOnnx = model.signature.format.split(", ").includes("onnx");
  const onnx = needsOnnx ? await onnxLayer({ requiredBy, platform: base, node, cacheDir }) : undefined;
  const layered = await Promise.all(
    files.map(async (file) => {
      const layer = await modelLayer(file, cacheDir, compressProgress(context, file.name));
      return layer ? { ...file, layer } : file;
    }),
  );
  return buildFunctionImage({ base, bundle, onnx, files: layered, title: name });
}

async function chosenBase(
  { base, platform: requested, isLocal }: ImageChoice,
  cacheDir: string,
  context: CommandContext,
): Promise<Base> {
  const isDefault = base === undefined;
  const platform = requested === undefined ? thisPlatform(context) : parsePlatform(requested);
  if (isDefault && context.platform !== "linux" && isLocal) return baseWithoutNode(platform);
  if ((isDefault && context.platform === "linux") || base === hostBase) {
    const onProgress = compressProgress(context, "Node");
    const own = await nodeBase({ execPath: context.execPath, system: context.platform, cacheDir, onProgress });
    if (requested === undefined || formatPlatform(own) === requested) return own;
    throw commandLineError(
      `This machine's Node is for ${formatPlatform(own)}`,
      `Choose a base image for ${requested} with --base, such as node:22-slim.`,
    );
  }
  return baseOf((await readNamedImage(base ?? registryBase, platform, context)).image);
}

/** Total size in bytes of the blobs and the manifest of an image. */
export function sizeOf(image: Image): number {
  return [...blobsOf(image), image.manifest].reduce((sum, { size }) => sum + size, 0);
}

/** Records each blob as an empty file, and returns the total bytes of the blobs not recorded before. */
async function rememberBlobs(blobs: readonly Blob[], directory: string): Promise<number> {
  await mkdir(directory, { recursive: true });
  let bytesNew = 0;
  for (const { digest, size } of blobs) {
    try {
      await (await open(join(directory, hexOf(digest)), "wx")).close();
      bytesNew += size;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
  return bytesNew;
}
