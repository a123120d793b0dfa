// One repository of a registry: the OCI distribution-spec 1.1, one method for each request.

import { setTimeout } from "node:timers/promises";
import { type Blob, bytesBlob, type Descriptor, verified } from "../blob.js";
import { type Digest, digestOf, isDigest } from "../digest.js";
import { ImageError } from "../errors.js";
import { manifestTypeOf } from "../image-of-manifest.js";
import { manifestAccept } from "../media-types.js";
import type { Reference } from "../reference.js";
import type { Credentials } from "./auth.js";
import { download } from "./download.js";
import type { Sleep } from "./retry.js";
import { type Exchange, type Reply, Session } from "./session.js";
import { uploadBlob } from "./upload.js";

export interface RepositoryOptions {
  readonly credentials?: Credentials | undefined;
  /** The access to request a token for. Default: "pull,push". */
  readonly access?: "pull" | "pull,push";
  readonly sleep?: Sleep;
}

/** Hosts whose API has another host name than references have. */
const apiHosts: ReadonlyMap<string, string> = new Map([
  ["docker.io", "registry-1.docker.io"],
  ["index.docker.io", "registry-1.docker.io"],
]);
/** Plain HTTP is used for this machine only, as in container engines. */
const loopback = /^(localhost|[a-z0-9.-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

export class Repository {
  /** Path of the repository inside the registry. */
  readonly name: string;
  readonly #session: Session;
  readonly #scope: string;

  constructor({ registry, repository }: Pick<Reference, "registry" | "repository">, options: RepositoryOptions = {}) {
    const { credentials, access = "pull,push", sleep = (ms) => setTimeout(ms, undefined) } = options;
    const scheme = loopback.test(registry) ? "http" : "https";
    this.name = repository;
    this.#session = new Session({
      origin: new URL(`${scheme}://${apiHosts.get(registry) ?? registry}`),
      credentials,
      sleep,
    });
    this.#scope = `repository:${repository}:${access}`;
  }

  async has(digest: Digest): Promise<boolean> {
    const response = await this.#send({ method: "HEAD", url: this.#url(`blobs/${digest}`), expected: [200, 404] });
    return response.status === 200;
  }

  /** The bytes of a blob. Reading fails at the end if they do not match the descriptor. */
  open(descriptor: Descriptor): AsyncIterable<Uint8Array> {
    const url = this.#url(`blobs/${descriptor.digest}`);
    return verified(download(this.#session, url, [this.#scope]), descriptor);
  }

  upload(blob: Blob): Promise<void> {
    return uploadBlob(blob, { session: this.#session, scopes: [this.#scope], url: this.#url("blobs/uploads/") });
  }

  /** A manifest or index by tag or digest; undefined if not found. @throws ImageError "image-digest-mismatch" */
  async findManifest(reference: string): Promise<Blob | undefined> {
    const headers = { accept: manifestAccept };
    const response = await this.#send({
      method: "GET",
      url: this.#url(`manifests/${reference}`),
      headers,
      expected: [200, 404],
    });
    if (response.status === 404) return undefined;
    const { bytes } = response;
    const digest = digestOf(bytes);
    const announced = isDigest(reference) ? reference : (response.header("docker-content-digest") ?? digest);
    if (announced !== digest) {
      throw new ImageError("image-digest-mismatch", `Expected manifest ${announced} of ${this.name}, found ${digest}`);
    }
    return bytesBlob(bytes, manifestTypeOf(bytes), digest);
  }

  /** Stores a manifest under a tag or its digest. */
  async putManifest(reference: string, manifest: Blob): Promise<void> {
    const response = await this.#send({
      method: "PUT",
      url: this.#url(`manifests/${reference}`),
      headers: { "content-type": manifest.mediaType },
      body: { size: manifest.size, open: () => manifest.open() },
      expected: [201],
    });
    const stored = response.header("docker-content-digest") ?? manifest.digest;
    if (stored !== manifest.digest) {
      throw new ImageError("image-digest-mismatch", `${this.name} stored ${stored} for manifest ${manifest.digest}`);
    }
  }

  #url(path: string): URL {
    return new URL(`/v2/${this.name}/${path}`, this.#session.origin);
  }

  #send(exchange: Exchange): Promise<Reply> {
    return this.#session.send(exchange, [this.#scope]);
  }
}
