import type { IndexEntry, Platform } from "./documents.js";
import { ImageError } from "./errors.js";
import { kindOf } from "./media-types.js";

/** "linux/arm64", "linux/arm/v7": as in `docker pull --platform`. @throws ImageError "image-platform" */
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
 * The manifest for a platform in an index; attestations and nested indexes are skipped.
 * @throws ImageError "image-platform" with the platforms of the index
 */
export function selectManifest(entries: readonly IndexEntry[], desired: Platform, name: string): IndexEntry {
  const manifests = entries.filter(
    ({ mediaType, platform }) => kindOf(mediaType) === "manifest" && platform?.os !== "unknown",
  );
  const found = manifests.find(({ platform }) => platform === undefined || runsOn(platform, desired));
  if (found) return found;
  const existing = manifests.map(({ platform }) => platform && formatPlatform(platform)).join(", ");
  throw new ImageError(
    "image-platform",
    `${name} has no image for ${formatPlatform(desired)}, only for ${existing || "none"}`,
  );
}

/** Whether an image for `platform` runs on `desired`. Variants are compared if both have one. */
export function runsOn(platform: Platform, desired: Platform): boolean {
  return (
    platform.os === desired.os &&
    platform.architecture === desired.architecture &&
    (platform.variant === undefined || desired.variant === undefined || platform.variant === desired.variant)
  );
}
