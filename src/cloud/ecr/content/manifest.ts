// Parses manifests. Only images and indexes of images are accepted.

import {
  type ImageManifest as ImageDocument,
  ImageError,
  type Index,
  indexOf,
  type Json,
  jsonObject,
  kindOf,
  manifestOf,
} from "../../../image/index.js";
import { hasMoreJsonValues } from "../../json-scan.js";

interface ImageManifest extends ImageDocument {
  readonly kind: "image";
  readonly mediaType: string;
}

interface IndexManifest extends Index {
  readonly kind: "index";
  readonly mediaType: string;
}

export type Manifest = ImageManifest | IndexManifest;

/** Why a string is not a manifest that a repository accepts. */
export class InvalidManifest extends Error {}

/** The size that the OCI distribution specification requires registries to accept. */
export const manifestBytesMax = 4 * 1024 * 1024;

/** Far more values than image manifests and indexes have. JSON.parse takes less than 50 ms for this many. */
const valuesMax = 20_000;

/** Layers that are listed in manifests but not stored in registries: their bytes are at other URLs. */
const foreignLayers: ReadonlySet<string> = new Set([
  "application/vnd.docker.image.rootfs.foreign.diff.tar",
  "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
  "application/vnd.oci.image.layer.nondistributable.v1.tar",
  "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
  "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
]);

/**
 * Parses a manifest.
 * @param declared the media type of the request, for OCI manifests that do not contain their own
 * @throws InvalidManifest
 */
export function parseManifest(text: string, declared?: string): Manifest {
  const json = jsonOf(text);
  try {
    return manifestOfDocument(jsonObject(json, "manifest"), declared);
  } catch (error) {
    if (error instanceof ImageError) throw new InvalidManifest(error.message);
    throw error;
  }
}

function manifestOfDocument(document: Json, declared: string | undefined): Manifest {
  if (document.schemaVersion !== 2)
    throw new InvalidManifest(`schemaVersion must be 2, found ${JSON.stringify(document.schemaVersion)}`);
  const own = document.mediaType;
  if (own !== undefined && typeof own !== "string") throw new InvalidManifest("mediaType must be a string");
  if (own !== undefined && declared !== undefined && own !== declared) {
    throw new InvalidManifest(`The manifest's mediaType ${own} differs from the declared ${declared}`);
  }
  const mediaType = own ?? declared;
  if (mediaType === undefined)
    throw new InvalidManifest("image manifest mediatype not provided in manifest or parameter");
  switch (kindOf(mediaType)) {
    case "manifest":
      return { kind: "image", mediaType, ...manifestOf(document) };
    case "index":
      return { kind: "index", mediaType, ...indexOf(document) };
    default:
      throw new InvalidManifest(`The manifest media type ${mediaType} is not supported`);
  }
}

/** Digests of the blobs that this manifest needs in its repository. */
export function blobsOf(manifest: Manifest): string[] {
  if (manifest.kind === "index") return [];
  const layers = manifest.layers.filter(({ mediaType }) => !foreignLayers.has(mediaType));
  return [...new Set([manifest.config, ...layers].map(({ digest }) => digest))];
}

/** Bytes of config and layers together. */
export function sizeOf(manifest: ImageManifest): number {
  return [manifest.config, ...manifest.layers].reduce((sum, { size }) => sum + size, 0);
}

function jsonOf(text: string): unknown {
  if (hasMoreJsonValues(Buffer.from(text), valuesMax)) {
    throw new InvalidManifest(`The manifest has more than ${valuesMax} JSON values`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidManifest("Invalid JSON syntax");
  }
}
