// What Lambda requires of an image, checked before anything is pushed.

import type { TepalError } from "../base/index.js";
import { ImageError } from "./errors.js";
import { configOf, type Image } from "./image.js";
import { formatPlatform } from "./platform.js";

/** OCI's names of Lambda's architectures. */
const architectures: ReadonlySet<string> = new Set(["amd64", "arm64"]);

/**
 * Checks that Lambda can run an image.
 * @throws ImageError "image-platform" for another system than Linux on amd64 or arm64; "image-not-runnable" for an
 * image without a program to start, and for zstd layers
 */
export async function checkLambdaImage(image: Image, name: string): Promise<void> {
  const { config, ...platform } = await configOf(image);
  if (platform.os !== "linux" || !architectures.has(platform.architecture)) {
    throw new ImageError(
      "image-platform",
      `${name} is for ${formatPlatform(platform)}; Lambda runs linux/amd64 and linux/arm64`,
    );
  }
  const { Entrypoint = [], Cmd = [] } = config;
  if (Entrypoint.length + Cmd.length === 0) {
    throw notRunnable(
      `${name} has neither an entry point nor a command, so Lambda cannot start it`,
      "Set ENTRYPOINT and CMD in its Dockerfile, or start from a base image of AWS, such as public.ecr.aws/lambda/python:3.12.",
    );
  }
  const compressed = image.layers.find(({ mediaType }) => mediaType.endsWith("zstd"));
  if (compressed) {
    throw notRunnable(
      `${name} has layers that are compressed with zstd, which Lambda does not support`,
      "Build or push the image again with gzip layers.",
    );
  }
}

function notRunnable(message: string, hint: string): TepalError {
  return new ImageError("image-not-runnable", message, { hint });
}
