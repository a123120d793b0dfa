// The JSON documents of an image: manifest, index and config (OCI image-spec 1.1; Docker's schema 2 has the same
// members). They come from registries and files, so every member is checked.

import type { TepalError } from "../base/index.js";
import type { Descriptor } from "./blob.js";
import { type Digest, parseDigest } from "./digest.js";
import { ImageError } from "./errors.js";

export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

/** What manifests and indexes have in common. */
interface Annotated {
  readonly artifactType?: string;
  /** The manifest that this one is about, such as an image that it signs. */
  readonly subject?: Descriptor;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Manifest extends Annotated {
  readonly config: Descriptor;
  /** The lowest first. */
  readonly layers: readonly Descriptor[];
}

export interface IndexEntry extends Descriptor {
  readonly platform?: Platform;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Index extends Annotated {
  readonly manifests: readonly IndexEntry[];
}

/** How a container of the image is started. Members that are not listed here are kept. */
export interface RunConfig {
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Env?: readonly string[];
  readonly WorkingDir?: string;
  readonly User?: string;
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly [member: string]: unknown;
}

export interface ImageConfig extends Platform {
  readonly created?: string;
  readonly config: RunConfig;
  /** Digests of the uncompressed layers, the lowest first. */
  readonly diffIds: readonly Digest[];
  readonly history: readonly unknown[];
}

export type Json = Readonly<Record<string, unknown>>;

/** More than any real image has (overlayfs allows 500 layers); bounds the work for a hostile document. */
const listLengthMax = 4096;

export function encodeDocument(document: object): Buffer {
  return Buffer.from(JSON.stringify(document));
}

/** @throws ImageError "image-document-invalid" */
export function parseManifest(bytes: Uint8Array): Manifest {
  return manifestOf(parseObject(bytes, "manifest"));
}

/** The same of a JSON document. */
export function manifestOf(document: Json): Manifest {
  return {
    ...annotatedOf(document, "manifest"),
    config: descriptor(document.config, "manifest.config"),
    layers: list(document.layers, "manifest.layers").map((layer, i) => descriptor(layer, `manifest.layers[${i}]`)),
  };
}

/** @throws ImageError "image-document-invalid" */
export function parseIndex(bytes: Uint8Array): Index {
  return indexOf(parseObject(bytes, "index"));
}

/** The same of a JSON document. */
export function indexOf(document: Json): Index {
  const manifests = list(document.manifests, "index.manifests").map((value, i) => {
    const place = `index.manifests[${i}]`;
    const entry = object(value, place);
    return {
      ...descriptor(entry, place),
      ...(entry.platform === undefined ? {} : { platform: platform(entry.platform, `${place}.platform`) }),
      annotations: optional(entry.annotations, `${place}.annotations`, strings) ?? {},
    };
  });
  return { ...annotatedOf(document, "index"), manifests };
}

function annotatedOf(document: Json, place: string): Annotated {
  const artifactType = optional(document.artifactType, `${place}.artifactType`, string);
  const subject = optional(document.subject, `${place}.subject`, descriptor);
  const annotations = optional(document.annotations, `${place}.annotations`, strings);
  return {
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(subject === undefined ? {} : { subject }),
    ...(annotations === undefined ? {} : { annotations }),
  };
}

/** @throws ImageError "image-document-invalid" */
export function parseConfig(bytes: Uint8Array): ImageConfig {
  const document = parseObject(bytes, "config");
  const rootfs = object(document.rootfs, "config.rootfs");
  const created = optional(document.created, "config.created", string);
  return {
    ...platform(document, "config"),
    ...(created === undefined ? {} : { created }),
    config: optional(document.config, "config.config", runConfig) ?? {},
    diffIds: list(rootfs.diff_ids, "config.rootfs.diff_ids").map(parseDigest),
    history: optional(document.history, "config.history", list) ?? [],
  };
}

/** The name and value of `NAME=value`, as `RunConfig.Env` has it. */
export function splitAssignment(assignment: string): [string, string] {
  const equals = assignment.indexOf("=");
  return equals < 0 ? [assignment, ""] : [assignment.slice(0, equals), assignment.slice(equals + 1)];
}

export function encodeConfig({ created, os, architecture, variant, config, diffIds, history }: ImageConfig): Buffer {
  const rootfs = { type: "layers", diff_ids: diffIds };
  return encodeDocument({ created, architecture, ...(variant ? { variant } : {}), os, config, rootfs, history });
}

/** Parses a JSON document that must be an object. */
export function parseObject(bytes: Uint8Array, what: string): Json {
  return object(parseJson(bytes, what), what);
}

export function parseJson(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch (cause) {
    throw new ImageError("image-document-invalid", `The ${what} is not JSON`, { cause });
  }
}

export function object(value: unknown, place: string): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid(place, "an object", value);
  return value as Json;
}

export function list(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(place, "an array", value);
  if (value.length > listLengthMax) throw invalid(place, `at most ${listLengthMax} elements`, value.length);
  return value;
}

export function string(value: unknown, place: string): string {
  if (typeof value !== "string") throw invalid(place, "a string", value);
  return value;
}

/** null is absent too: Go writes empty members as null. */
export function optional<T>(value: unknown, place: string, parse: (value: unknown, place: string) => T): T | undefined {
  return value === undefined || value === null ? undefined : parse(value, place);
}

export function listOfStrings(value: unknown, place: string): string[] {
  return list(value, place).map((element, i) => string(element, `${place}[${i}]`));
}

function strings(value: unknown, place: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(object(value, place)).map(([key, member]) => [key, string(member, `${place}.${key}`)]),
  );
}

function objects(value: unknown, place: string): Record<string, object> {
  return Object.fromEntries(
    Object.entries(object(value, place)).map(([key, member]) => [key, object(member, `${place}.${key}`)]),
  );
}

function platform(value: unknown, place: string): Platform {
  const { os, architecture, variant } = object(value, place);
  return {
    os: string(os, `${place}.os`),
    architecture: string(architecture, `${place}.architecture`),
    ...(typeof variant === "string" && variant !== "" ? { variant } : {}),
  };
}

function descriptor(value: unknown, place: string): Descriptor {
  const { mediaType, digest, size } = object(value, place);
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) {
    throw invalid(`${place}.size`, "a number of bytes", size);
  }
  return { mediaType: string(mediaType, `${place}.mediaType`), digest: parseDigest(digest), size };
}

function runConfig(value: unknown, place: string): RunConfig {
  const members = object(value, place);
  const checked: RunConfig = {
    Entrypoint: optional(members.Entrypoint, `${place}.Entrypoint`, listOfStrings),
    Cmd: optional(members.Cmd, `${place}.Cmd`, listOfStrings),
    Env: optional(members.Env, `${place}.Env`, listOfStrings),
    WorkingDir: optional(members.WorkingDir, `${place}.WorkingDir`, string),
    User: optional(members.User, `${place}.User`, string),
    ExposedPorts: optional(members.ExposedPorts, `${place}.ExposedPorts`, objects),
    Labels: optional(members.Labels, `${place}.Labels`, strings),
  };
  const merged: Json = { ...members, ...checked };
  return Object.fromEntries(Object.entries(merged).filter(([, member]) => member !== undefined && member !== null));
}

function invalid(place: string, expected: string, found: unknown): TepalError {
  return new ImageError(
    "image-document-invalid",
    `${place} is ${JSON.stringify(found) ?? "missing"}, expected ${expected}`,
  );
}
