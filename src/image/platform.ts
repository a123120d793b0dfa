import type { IndexEntry, Platform } from "./documents.js";
import { ImageError } from "./errors.js";
import { kindOf } from "./media-types.js";

/** "linux/arm64", "linux/arm/v7": as `docker pull --platform` takes it. @throws ImageError "image-platform" */
export function parsePlatform(text: string): Platform {
  const [, os, architecture, variant] = /^([a-z0-9]+)\/([a-z0-9]+)(?:\/([a-z0-9]+))?$/.exec(text) ?? [];
  if (!os || !architecture)
    throw new ImageError("image-platform", `"${text}" is not a platform, expected OS/ARCHITECTURE`);
  return { os, architecture, ...(variant ? { variant } : {}) };
}

export function formatPlatform({ os, architecture, variant }: Platform): string {
  return `${os}/${architecture}${variant ? `/${variant}` : ""}`;
}

/**
 * The manifest for a platform out of an index; attestations and nested indexes are passed over.
 * @throws ImageError "image-platform" naming the platforms that there are
 */
export function selectManifest(entries: readonly IndexEntry[], wanted: Platform, name: string): IndexEntry {
  const manifests = entries.filter(
    ({ mediaType, platform }) => kindOf(mediaType) === "manifest" && platform?.os !== "unknown",
  );
  const found = manifests.find(({ platform }) => platform === undefined || runsOn(platform, wanted));
  if (found) return found;
  const there = manifests.map(({ platform }) => platform && formatPlatform(platform)).join(", ");
  throw new ImageError(
    "image-platform",
    `${name} has no image for ${formatPlatform(wanted)}, only for ${there || "none"}`,
  );
}

/** Whether an image for `platform` runs on `wanted`; a variant counts only where both name one. */
export function runsOn(platform: Platform, wanted: Platform): boolean {
  return (
    platform.os === wanted.os &&
    platform.architecture === wanted.architecture &&
    (platform.variant === undefined || wanted.variant === undefined || platform.variant === wanted.variant)
  );
}
