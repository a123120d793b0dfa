// Images that the user names: a file or directory of this machine, or a reference into a registry.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  type Credentials,
  dockerCredentials,
  type Image,
  looksLikeImage,
  type Platform,
  parseReference,
  pullImage,
  readImage,
} from "../image/index.js";
import type { CommandContext } from "./command-context.js";
import { cacheDirectory } from "./directories.js";
import { progressCallback } from "./progress.js";

/** `--base host`: a base of this machine's Node or Python, and not an image. */
export const hostBase = "host";

interface NamedImage {
  readonly image: Image;
  /** Of an image in a registry. */
  readonly tag?: string | undefined;
}

/**
 * An OCI layout, an archive, or an image of a registry.
 * @throws ImageError "image-...", "registry-..."
 */
export async function readNamedImage(name: string, platform: Platform, context: CommandContext): Promise<NamedImage> {
  const path = resolve(context.cwd, name);
  if (looksLikeImage(path)) return { image: await readImage(path, { platform }) };
  const reference = parseReference(name);
  const credentials = await credentialsFor(reference.registry, context);
  const onProgress = progressCallback(context, { label: "pull", unit: "bytes" });
  const image = await pullImage(reference, { platform, cacheDir: cacheDirectory(context), credentials, onProgress });
  return { image, tag: reference.tag };
}

/** The credentials that `docker login` or `podman login` stored for a registry. */
async function credentialsFor(registry: string, { env, homeDir }: CommandContext): Promise<Credentials | undefined> {
  const docker = join(env.DOCKER_CONFIG ?? join(homeDir, ".docker"), "config.json");
  const podman =
    env.REGISTRY_AUTH_FILE ?? (env.XDG_RUNTIME_DIR && join(env.XDG_RUNTIME_DIR, "containers", "auth.json"));
  for (const path of podman ? [docker, podman] : [docker]) {
    const found = existsSync(path) ? dockerCredentials(await readFile(path), registry) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Images are for Linux; on macOS they run in a Linux virtual machine of the same architecture. */
export function thisPlatform({ arch }: Pick<CommandContext, "arch">): Platform {
  return { os: "linux", architecture: arch === "x64" ? "amd64" : arch };
}
