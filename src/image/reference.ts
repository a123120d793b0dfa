import { TepalError } from "../base/index.js";
import { type Digest, isDigest } from "./digest.js";
import { ImageError } from "./errors.js";

/** The name of an image: `localhost:4566/iris:v1`, `node:20-slim`, `ghcr.io/a/b@sha256:...`. */
export interface Reference {
  /** Host and port: "localhost:4566", "docker.io". */
  readonly registry: string;
  /** Path inside the registry: "iris", "library/node". */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
}

const defaultRegistry = "docker.io";
const defaultTag = "latest";
/** Distribution-spec's grammar of names and tags. */
const repositoryPattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const registryPattern = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/;
/** Docker's limit of registry, "/" and repository together. */
const nameLengthMax = 255;

/**
 * Parses an image name as `docker pull` accepts it. The default registry is docker.io, the default tag "latest".
 * @throws ImageError "image-reference-invalid"
 */
export function parseReference(text: string): Reference {
  const invalid = (fault: string) =>
    new ImageError("image-reference-invalid", `"${text}" is not an image reference: ${fault}`);
  const at = text.indexOf("@");
  const digest = at < 0 ? undefined : text.slice(at + 1);
  if (digest !== undefined && !isDigest(digest)) throw invalid(`"${digest}" is not sha256: and 64 hex digits`);
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  if (tag !== undefined && !tagPattern.test(tag)) throw invalid(`"${tag}" is not a tag`);
  const { registry, repository } = splitRegistry(colon < 0 ? named : named.slice(0, colon));
  if (!registryPattern.test(registry)) throw invalid(`"${registry}" is not a registry's host`);
  if (!repositoryPattern.test(repository)) throw invalid(`"${repository}" is not a repository's name`);
  const length = registry.length + 1 + repository.length;
  if (length > nameLengthMax) throw invalid(`its name has ${length} characters, at most ${nameLengthMax}`);
  return { registry, repository, ...(digest ? { digest } : {}), ...tagOf(tag, digest) };
}

function tagOf(tag: string | undefined, digest: Digest | undefined): Pick<Reference, "tag"> {
  if (tag !== undefined) return { tag };
  return digest ? {} : { tag: defaultTag };
}

/** Docker's rule: the first part is a registry if it has a dot or a port, or is localhost. */
function splitRegistry(name: string): { registry: string; repository: string } {
  const slash = name.indexOf("/");
  const first = slash < 0 ? "" : name.slice(0, slash);
  if (/[.:]/.test(first) || first === "localhost") return { registry: first, repository: name.slice(slash + 1) };
  return { registry: defaultRegistry, repository: slash < 0 ? `library/${name}` : name };
}

/**
 * Whether a string is a reference with a registry, tag or digest: "ghcr.io/a/b", "fn:v1". Without these, any file name
 * in lower case is a reference.
 */
export function isExplicitReference(text: string): boolean {
  try {
    const { registry } = parseReference(text);
    return registry !== defaultRegistry || text.startsWith(`${defaultRegistry}/`) || /[:@]/.test(text);
  } catch (error) {
    if (error instanceof TepalError) return false;
    throw error;
  }
}

/** The full name, which `parseReference` reads. */
export function formatReference({ registry, repository, tag, digest }: Reference): string {
  return `${registry}/${repository}${tag ? `:${tag}` : ""}${digest ? `@${digest}` : ""}`;
}

/**
 * Whether two names are of the same image: "iris:v1" is "docker.io/library/iris:v1". Invalid names are compared as
 * strings.
 */
export function sameName(one: string, other: string): boolean {
  return fullName(one) === fullName(other);
}

function fullName(text: string): string {
  try {
    return formatReference(parseReference(text));
  } catch (error) {
    if (error instanceof TepalError) return text;
    throw error;
  }
}

/** The name as Docker shows it, without Docker's defaults. */
export function familiarName(reference: Reference): string {
  const { registry, repository, tag } = reference;
  if (registry !== defaultRegistry) return formatReference({ registry, repository, tag: tag ?? defaultTag });
  return `${repository.replace(/^library\//, "")}:${tag ?? defaultTag}`;
}

/** The reference in a registry's manifest URL: the digest, else the tag. */
export function referenceOf({ digest, tag }: Pick<Reference, "digest" | "tag">): string {
  return digest ?? tag ?? defaultTag;
}
