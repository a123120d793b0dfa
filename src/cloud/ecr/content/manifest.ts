// Parses manifests. Only images and indexes of images are accepted.

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

/** Why a string is not a manifest that a repository accepts. */
export class InvalidManifest extends Error {}

/** The size that the OCI distribution specification requires registries to accept. */
export const manifestBytesMax = 4 * 1024 * 1024;

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
  const document = objectOf(jsonOf(text), "The manifest");
  if (document.schemaVersion !== 2)
    throw new InvalidManifest(`schemaVersion must be 2, found ${JSON.stringify(document.schemaVersion)}`);
  const own = optionalText(document.mediaType, "mediaType");
  if (own !== undefined && declared !== undefined && own !== declared) {
    throw new InvalidManifest(`The manifest's mediaType ${own} differs from the declared ${declared}`);
  }
  const mediaType = own ?? declared;
  if (mediaType === undefined)
    throw new InvalidManifest("image manifest mediatype not provided in manifest or parameter");
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
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidManifest("Invalid JSON syntax");
  }
}

function objectOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InvalidManifest(`${what} must be an object`);
  }
  return value as Readonly<Record<string, unknown>>;
}

function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new InvalidManifest(`${what} must be a list`);
  return value;
}

function optionalText(value: unknown, what: string): string | undefined {
  if (value !== undefined && typeof value !== "string") throw new InvalidManifest(`${what} must be a string`);
  return value;
}

function descriptorOf(value: unknown, what: string): Descriptor {
  const { mediaType, digest, size } = objectOf(value, what);
  if (typeof mediaType !== "string") throw new InvalidManifest(`${what}.mediaType must be a string`);
  if (typeof digest !== "string" || !isDigest(digest))
    throw new InvalidManifest(`${what}.digest must be a sha256 digest`);
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) {
    throw new InvalidManifest(`${what}.size must be a number of bytes`);
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
