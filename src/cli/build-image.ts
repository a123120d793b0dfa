// From a model file to a function image: its base, the runtime, and the model as the last layer.

import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Blob, blobsOf, buildFunctionImage, bundleLayer, hexOf, type Image, nodeBase } from "../image/index.js";
import type { ModelFile } from "./files.js";
import { cacheFolder } from "./folders.js";
import type { World } from "./world.js";

export interface BuiltImage {
  readonly image: Image;
  /** Bytes that no earlier build on this machine had. */
  readonly bytesNew: number;
}

/** @throws TepalError "image-..." */
export async function buildImage(file: ModelFile, world: World): Promise<BuiltImage> {
  const cacheDir = cacheFolder(world);
  const [base, bundle] = await Promise.all([
    nodeBase({ execPath: world.execPath, system: world.platform, cacheDir }),
    readFile(join(world.distDir, "function.cjs")).then((bytes) => bundleLayer(bytes, cacheDir)),
  ]);
  const image = buildFunctionImage({ base, bundle, model: { name: file.name, bytes: file.bytes } });
  return { image, bytesNew: await rememberBlobs([...blobsOf(image), image.manifest], join(cacheDir, "built")) };
}

/** The size of everything that a registry stores of an image, in bytes. */
export function sizeOf(image: Image): number {
  return [...blobsOf(image), image.manifest].reduce((sum, { size }) => sum + size, 0);
}

/** Leaves an empty file for each blob, and answers the bytes of those that had none. */
async function rememberBlobs(blobs: readonly Blob[], folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  let bytesNew = 0;
  for (const { digest, size } of blobs) {
    try {
      await (await open(join(folder, hexOf(digest)), "wx")).close();
      bytesNew += size;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
  return bytesNew;
}
