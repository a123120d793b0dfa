// Images that exist: in a registry, in an OCI layout directory, or in an archive.

import { existsSync } from "node:fs";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { TepalError } from "../base/index.js";
import { loadModel } from "../function/index.js";
import {
  checkLambdaImage,
  digestOf,
  type Image,
  ImageError,
  isExplicitReference,
  looksLikeImage,
  type Platform,
  parsePlatform,
  parseReference,
  readImage,
  unpackFunction,
} from "../image/index.js";
import type { Model } from "../model/index.js";
import type { CommandContext } from "./command-context.js";
import { readNamedImage, thisPlatform } from "./named-image.js";

/** A Lambda image that exists: an image reference, an OCI layout, or an archive. */
export interface ImageSource {
  readonly kind: "image";
  /** For the default name of a deployment. */
  readonly name: string;
  /** Its reference, or the name of its file. */
  readonly title: string;
  readonly image: Image;
}

/**
 * The image that an argument names; undefined if it names something else. A path that exists is a file; another
 * argument is an image reference if it has a registry, tag or digest.
 * @param requested the platform as OS/ARCHITECTURE; undefined: this machine's
 * @throws ImageError "image-...", "registry-..."
 */
export async function findImageSource(
  argument: string,
  requested: string | undefined,
  context: CommandContext,
): Promise<ImageSource | undefined> {
  const path = resolve(context.cwd, argument);
  const isFile = existsSync(path);
  // A damaged tar file gets the error of reading it as an image; one with other files may contain a model.
  const isImage = isFile
    ? looksLikeImage(path) || (argument.endsWith(".tar") && !(await hasTarHeader(path)))
    : isExplicitReference(argument);
  if (!isImage) return undefined;
  const title = isFile ? basename(path) : argument;
  const name = isFile ? title : (parseReference(argument).repository.split("/").at(-1) ?? "");
  const platform = requested === undefined ? thisPlatform(context) : parsePlatform(requested);
  const image = isFile ? await readImage(path, { platform }) : await pullNamed(argument, platform, context);
  await checkLambdaImage(image, title);
  return { kind: "image", name, title, image };
}

/** POSIX's mark of a tar header: "ustar" at byte 257. */
async function hasTarHeader(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(5), 0, 5, 257);
    return buffer.toString("latin1") === "ustar";
  } finally {
    await file.close();
  }
}

/** @throws ImageError "registry-...", with a hint that the argument is not a file either */
async function pullNamed(argument: string, platform: Platform, context: CommandContext): Promise<Image> {
  try {
    return (await readNamedImage(argument, platform, context)).image;
  } catch (error) {
    if (!(error instanceof ImageError) || !error.code.startsWith("registry-")) throw error;
    const hint = `${error.hint} A file of this name does not exist either.`;
    throw new ImageError(error.code, error.message, { hint, place: error.place, cause: error });
  }
}

/** Calls `use` with an empty directory, which is removed afterwards. */
export async function withTemporaryDirectory<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "tepal-image-"));
  try {
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The model of an image that this Tepal built; undefined for any other image, and for a model that cannot be read. */
export function findImageModel(image: Image, context: CommandContext): Promise<Model | undefined> {
  return withTemporaryDirectory(async (root) => {
    const modelPath = await unpackFunction(image, root, await runtimeDigest(context));
    if (modelPath === undefined) return undefined;
    try {
      return await loadModel(join(root, modelPath), root);
    } catch (error) {
      if (error instanceof TepalError) return undefined;
      throw error;
    }
  });
}

/** The digest of the runtime that this Tepal puts into function images. */
export async function runtimeDigest({ distDir }: CommandContext) {
  return digestOf(await readFile(join(distDir, "function.cjs")));
}
