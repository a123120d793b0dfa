// One repository of a registry: the OCI distribution-spec 1.1, a request a method.

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
import { type UploadProgress, uploadBlob } from "./upload.js";

export interface RepositoryOptions {
  readonly credentials?: Credentials | undefined;
  /** What a token is asked for; "pull,push" when left out. */
  readonly access?: "pull" | "pull,push";
  readonly sleep?: Sleep;
}

/** Hosts whose API is at another name than the one in references. */
const apiHosts: ReadonlyMap<string, string> = new Map([
  ["docker.io", "registry-1.docker.io"],
  ["index.docker.io", "registry-1.docker.io"],
]);
/** Only this machine is spoken to without TLS, as container engines have it. */
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
    const answer = await this.#send({ method: "HEAD", url: this.#url(`blobs/${digest}`), expected: [200, 404] });
    return answer.status === 200;
  }

  /** The bytes of a blob, which fail at the end unless they are the ones that the descriptor names. */
  open(descriptor: Descriptor): AsyncIterable<Uint8Array> {
    const url = this.#url(`blobs/${descriptor.digest}`);
    return verified(download(this.#session, url, [this.#scope]), descriptor);
  }

  /** Takes a blob over from another repository of the registry, without sending it. false when the registry does not. */
  async mount(digest: Digest, from: string): Promise<boolean> {
    const url = this.#url(`blobs/uploads/?mount=${digest}&from=${encodeURIComponent(from)}`);
    const answer = await this.#send({ method: "POST", url, expected: [201, 202] }, [`repository:${from}:pull`]);
    if (answer.status === 201) return true;
    // The registry has opened an upload instead, which nobody will use.
    const upload = this.#session.resolve(answer.header("location") ?? "", answer.url);
    await this.#send({ method: "DELETE", url: upload, expected: [204, 404, 405] });
    return false;
  }

  upload(blob: Blob, progress: UploadProgress = () => {}): Promise<void> {
    const upload = { session: this.#session, scopes: [this.#scope], url: this.#url("blobs/uploads/") };
    return uploadBlob(blob, upload, progress);
  }

  /** A manifest or index by tag or digest; undefined when there is none. @throws ImageError "image-digest-mismatch" */
  async findManifest(wanted: string): Promise<Blob | undefined> {
    const headers = { accept: manifestAccept };
    const answer = await this.#send({
      method: "GET",
      url: this.#url(`manifests/${wanted}`),
      headers,
      expected: [200, 404],
    });
    if (answer.status === 404) return undefined;
    const { bytes } = answer;
    const digest = digestOf(bytes);
    const announced = isDigest(wanted) ? wanted : (answer.header("docker-content-digest") ?? digest);
    if (announced !== digest) {
      throw new ImageError("image-digest-mismatch", `Expected manifest ${announced} of ${this.name}, found ${digest}`);
    }
    return bytesBlob(bytes, manifestTypeOf(bytes), digest);
  }

  /** Stores a manifest under a tag or its own digest. */
  async putManifest(wanted: string, manifest: Blob): Promise<void> {
    const answer = await this.#send({
      method: "PUT",
      url: this.#url(`manifests/${wanted}`),
      headers: { "content-type": manifest.mediaType },
      body: { size: manifest.size, open: () => manifest.open() },
      expected: [201],
    });
    const stored = answer.header("docker-content-digest") ?? manifest.digest;
    if (stored !== manifest.digest) {
      throw new ImageError("image-digest-mismatch", `${this.name} stored ${stored} for manifest ${manifest.digest}`);
    }
  }

  #url(path: string): URL {
    return new URL(`/v2/${this.name}/${path}`, this.#session.origin);
  }

  #send(exchange: Exchange, moreScopes: readonly string[] = []): Promise<Reply> {
    return this.#session.send(exchange, [this.#scope, ...moreScopes]);
  }
}
