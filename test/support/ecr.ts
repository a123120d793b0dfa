// ECR with its own store, called without a network, for tests of its operations and its registry.

import { randomBytes } from "node:crypto";
import type { TestContext } from "node:test";
import { type Clock, silentLog } from "../../src/base/index.js";
import { createEcr } from "../../src/cloud/ecr/index.js";
import type { EcrState } from "../../src/cloud/ecr/state.js";
import type { Call, Input, OperationName, Output } from "../../src/cloud/protocol/operation.js";
import { openStore } from "../../src/cloud/store/lmdb-store.js";
import { digestOf, ociConfigType, ociGzipLayerType, ociManifestType } from "../../src/image/index.js";
import { temporaryDirectory } from "./temporary-directory.js";

export const call: Call = {
  account: "000000000000",
  region: "us-east-1",
  requestId: "r",
  accessKeyId: "test",
  host: "localhost:4566",
};

export interface RegistryAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array;
  /** The body, which must be JSON. */
  json(): unknown;
  /** The code of the first error in the body. */
  readonly code: string | undefined;
}

export interface RegistryQuestion {
  readonly body?: Uint8Array | string | AsyncIterable<Uint8Array>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The registry's password. Default: the token of the fixture's account and region; null sends none. */
  readonly password?: string | null;
}

/** A clock that the test sets. */
export function movableClock(): Clock & { advance(ms: number): void } {
  let nowMs = Date.UTC(2026, 0, 1);
  return {
    nowMs: () => nowMs,
    elapsedMs: () => nowMs,
    advance(ms) {
      nowMs += ms;
    },
  };
}

export function startEcr(t: TestContext, { folder = temporaryDirectory(t), clock = movableClock() } = {}) {
  const store = openStore(folder);
  t.after(() => store.close());
  const ecr = createEcr({
    store,
    clock,
    log: silentLog,
    random: (bytes) => randomBytes(bytes),
    dataDir: folder,
    publicHost: () => "localhost:4566",
  });

  /** Calls an operation as the cloud's HTTP server does. */
  async function send<Name extends OperationName<"ecr">>(
    name: Name,
    input: Input<"ecr", Name>,
    who: Call = call,
  ): Promise<Output<"ecr", Name>> {
    const operation = ecr.service.operations[name] as
      | ((input: Input<"ecr", Name>, state: EcrState, call: Call) => Output<"ecr", Name> | Promise<Output<"ecr", Name>>)
      | undefined;
    if (!operation) throw new Error(`${name} is not implemented`);
    return operation(input, ecr.service.state, who);
  }

  async function passwordOf(who: Call = call): Promise<string> {
    const { authorizationData } = await send("GetAuthorizationToken", {}, who);
    return Buffer.from(authorizationData![0]!.authorizationToken!, "base64").toString().slice("AWS:".length);
  }

  /** Sends a request to the registry: `registry("GET /v2/iris/tags/list?n=1")`. */
  async function registry(line: string, question: RegistryQuestion = {}): Promise<RegistryAnswer> {
    const [method, address] = line.split(" ") as [string, string];
    const [path, query = ""] = address.split("?") as [string, string?];
    const password = question.password === undefined ? await passwordOf() : question.password;
    const authorization: Readonly<Record<string, string>> =
      password === null ? {} : { authorization: `Basic ${Buffer.from(`AWS:${password}`).toString("base64")}` };
    const headers = { ...authorization, ...question.headers };
    const stream = chunksOf(question.body ?? "");
    const reply = await ecr.streamRoute!({
      method,
      path,
      query,
      headers,
      rawHeaders: [],
      sourceIp: "127.0.0.1",
      stream,
    });
    if (!reply) throw new Error(`${line} is not the registry's`);
    const chunks: Uint8Array[] = [];
    for await (const chunk of chunksOf(reply.body)) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const json = (): unknown => JSON.parse(body.toString());
    const code = reply.status < 400 || body.length === 0 ? undefined : firstCode(json());
    return { status: reply.status, headers: reply.headers, body, json, code };
  }

  return { ecr, store, clock, folder, send, registry, passwordOf };
}

export type Ecr = ReturnType<typeof startEcr>;

/** Pushes an image of one layer through the registry, and returns its digests. */
export async function pushTinyImage(
  { registry }: Pick<Ecr, "registry">,
  repository: string,
  reference?: string,
  layerText = "layer",
  manifestMembers: object = {},
) {
  const config = Buffer.from(JSON.stringify({ architecture: "amd64", os: "linux", config: {} }));
  const layer = Buffer.from(layerText);
  for (const blob of [config, layer]) {
    const { status } = await registry(`POST /v2/${repository}/blobs/uploads/?digest=${digestOf(blob)}`, { body: blob });
    if (status !== 201) throw new Error(`The response to the blob has status ${status}`);
  }
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: ociManifestType,
    config: { mediaType: ociConfigType, digest: digestOf(config), size: config.length },
    layers: [{ mediaType: ociGzipLayerType, digest: digestOf(layer), size: layer.length }],
    ...manifestMembers,
  });
  const digest = digestOf(Buffer.from(manifest));
  const response = await registry(`PUT /v2/${repository}/manifests/${reference ?? digest}`, {
    body: manifest,
    headers: { "content-type": ociManifestType },
  });
  return { digest, manifest, config: digestOf(config), layer: digestOf(layer), response };
}

async function* chunksOf(body: Uint8Array | string | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (typeof body === "string") yield Buffer.from(body);
  else if (body instanceof Uint8Array) yield body;
  else yield* body;
}

function firstCode(json: unknown): string | undefined {
  const { errors } = json as { errors: { code: string }[] };
  return errors[0]?.code;
}
