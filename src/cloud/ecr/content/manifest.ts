// A manifest's text becomes a value here; what is neither an image nor an index of images is refused.

import { type Descriptor, isDigest, kindOf } from "../../../image/index.js";

export interface ImageManifest {
  readonly kind: "image";
  readonly mediaType: string;
  readonly artifactType: string | undefined;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly subject: string | undefined;
  readonly annotations: Readonly<Record<string, string>> | undefined;
}

export interface IndexManifest {
  readonly kind: "index";
  readonly mediaType: string;
  readonly artifactType: string | undefined;
  readonly manifests: readonly Descriptor[];
  readonly subject: string | undefined;
  readonly annotations: Readonly<Record<string, string>> | undefined;
}

export type Manifest = ImageManifest | IndexManifest;

/** Why a text is not a manifest that a repository takes. */
export class ManifestFault extends Error {}

/** The size up to which the OCI distribution specification asks registries to accept manifests. */
export const manifestBytesMax = 4 * 1024 * 1024;

/** Layers that manifests name and registries do not hold: their bytes lie at URLs of their own. */
const foreignLayers: ReadonlySet<string> = new Set([
  "application/vnd.docker.image.rootfs.foreign.diff.tar",
  "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
  "application/vnd.oci.image.layer.nondistributable.v1.tar",
  "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
  "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
]);

/**
 * Reads a manifest.
 * @param declared the media type that came with it, for OCI manifests that do not carry their own
 * @throws ManifestFault
 */
export function parseManifest(text: string, declared?: string): Manifest {
  const document = objectOf(jsonOf(text), "The manifest");
  if (document.schemaVersion !== 2)
    throw new ManifestFault(`schemaVersion must be 2, found ${JSON.stringify(document.schemaVersion)}`);
  const own = optionalText(document.mediaType, "mediaType");
  if (own !== undefined && declared !== undefined && own !== declared) {
    throw new ManifestFault(`The manifest's mediaType ${own} differs from the declared ${declared}`);
  }
  const mediaType = own ?? declared;
  if (mediaType === undefined)
    throw new ManifestFault("image manifest mediatype not provided in manifest or parameter");
  const common = {
    mediaType,
    artifactType: optionalText(document.artifactType, "artifactType"),
    subject: document.subject === undefined ? undefined : descriptorOf(document.subject, "subject").digest,
    annotations: annotationsOf(document.annotations),
  };
  switch (kindOf(mediaType)) {
    case "manifest":
      return {
        ...common,
        kind: "image",
        config: descriptorOf(document.config, "config"),
        layers: listOf(document.layers, "layers").map((layer, i) => descriptorOf(layer, `layers[${i}]`)),
      };
    case "index":
      return {
        ...common,
        kind: "index",
        manifests: listOf(document.manifests, "manifests").map((item, i) => descriptorOf(item, `manifests[${i}]`)),
      };
    default:
      throw new ManifestFault(`The manifest media type ${mediaType} is not supported`);
  }
}

/** Digests of the blobs that the repository must hold for this manifest. */
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
  try {
    return JSON.parse(text);
  } catch {
    throw new ManifestFault("Invalid JSON syntax");
  }
}

function objectOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ManifestFault(`${what} must be an object`);
  }
  return value as Readonly<Record<string, unknown>>;
}

function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new ManifestFault(`${what} must be a list`);
  return value;
}

function optionalText(value: unknown, what: string): string | undefined {
  if (value !== undefined && typeof value !== "string") throw new ManifestFault(`${what} must be a string`);
  return value;
}

function descriptorOf(value: unknown, what: string): Descriptor {
  const { mediaType, digest, size } = objectOf(value, what);
  if (typeof mediaType !== "string") throw new ManifestFault(`${what}.mediaType must be a string`);
  if (typeof digest !== "string" || !isDigest(digest))
    throw new ManifestFault(`${what}.digest must be a sha256 digest`);
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) {
    throw new ManifestFault(`${what}.size must be a number of bytes`);
  }
  return { mediaType, digest, size };
}

function annotationsOf(value: unknown): Readonly<Record<string, string>> | undefined {
  if (value === undefined) return undefined;
  const annotations = objectOf(value, "annotations");
  return Object.fromEntries(
    Object.entries(annotations).map(([name, text]) => [name, optionalText(text, `annotations.${name}`) ?? ""]),
  );
}
