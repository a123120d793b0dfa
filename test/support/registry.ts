// A registry in memory that follows the distribution specification strictly, rejects what it does not allow, and fails
// on demand.

import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";

export interface TestRegistryOptions {
  /**
   * What a request must carry. A "bearer" registry issues its token to callers with this user and password, if they are
   * set.
   */
  readonly auth?: { readonly scheme: "basic" | "bearer"; readonly user?: string; readonly password?: string };
  /** Called before each request is served. Returns a response, "drop" to break the connection, or nothing. */
  readonly fault?: (line: string) => { readonly status: number; readonly retryAfter?: number } | "drop" | undefined;
  /** Breaks the connection when a PATCH has brought so many bytes, once for each entry; they are kept. */
  readonly dropPatchAfter?: number[];
  /** Breaks the connection after so many bytes of a blob's response, once for each entry. */
  readonly dropBlobAfter?: number[];
}

export interface TestRegistry {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** "METHOD path" without `/v2/NAME/`, upload ids and queries. */
  readonly requests: string[];
  /** Bytes of request bodies received, after the headers. */
  readonly received: { bytes: number };
  readonly blobs: Map<string, Map<string, Buffer>>;
  readonly manifests: Map<string, Map<string, { readonly type: string; readonly bytes: Buffer }>>;
}

export async function startRegistry(t: TestContext, options: TestRegistryOptions = {}): Promise<TestRegistry> {
  const registry: TestRegistry = {
    host: "",
    requests: [],
    received: { bytes: 0 },
    blobs: new Map(),
    manifests: new Map(),
  };
  const uploads = new Map<string, Buffer[]>();
  const server = createServer((request, response) => {
    serve(request, response, registry, uploads, options).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return Object.assign(registry, { host: `127.0.0.1:${(server.address() as AddressInfo).port}` });
}

class RegistryError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(code);
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  registry: TestRegistry,
  uploads: Map<string, Buffer[]>,
  options: TestRegistryOptions,
): Promise<void> {
  const url = new URL(request.url ?? "", "http://registry");
  if (url.pathname === "/token") return serveToken(request, response, url, options);
  const [, name, kind, rest = ""] = /^\/v2\/(.+?)\/(blobs|manifests)\/(.*)$/.exec(url.pathname) ?? [];
  const line = `${request.method} ${kind} ${rest.replace(/uploads\/.+/, "upload")}`.trim();
  registry.requests.push(line);
  const fault = options.fault?.(line);
  if (fault === "drop") return void request.socket.destroy();
  const reply = (status: number, headers: Record<string, string> = {}, body: Buffer | string = "") => {
    response.writeHead(status, { "content-length": Buffer.byteLength(body), ...headers });
    response.end(request.method === "HEAD" ? "" : body);
  };
  try {
    if (fault)
      throw new RegistryError(
        fault.status,
        "TOOMANYREQUESTS",
        fault.retryAfter ? { "retry-after": `${fault.retryAfter}` } : {},
      );
    authorize(request, registry, options, name ?? "any");
    if (url.pathname === "/v2/") return reply(200, {}, "{}");
    const listed = /^\/v2\/(.+)\/tags\/list$/.exec(url.pathname)?.[1];
    if (listed)
      return reply(
        200,
        {},
        JSON.stringify({ name: listed, tags: [...(registry.manifests.get(listed)?.keys() ?? [])] }),
      );
    if (!name) throw new RegistryError(404, "NAME_INVALID");
    const target = { request, response, reply, registry, name, rest, url, uploads, options };
    if (kind === "manifests") await serveManifest(target);
    else if (rest.startsWith("uploads/")) await serveUpload(target);
    else serveBlob(target);
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    reply(
      error.status,
      { "content-type": "application/json", ...error.headers },
      JSON.stringify({ errors: [{ code: error.code }] }),
    );
  }
}

interface Target {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly reply: (status: number, headers?: Record<string, string>, body?: Buffer | string) => void;
  readonly registry: TestRegistry;
  readonly name: string;
  readonly rest: string;
  readonly url: URL;
  readonly uploads: Map<string, Buffer[]>;
  readonly options: TestRegistryOptions;
}

const token = "a-token";

function basicOf({ user = "", password = "" }: { user?: string; password?: string }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

function serveToken(request: IncomingMessage, response: ServerResponse, url: URL, { auth }: TestRegistryOptions): void {
  const allowed = auth?.user === undefined || request.headers.authorization === basicOf(auth);
  const complete = url.searchParams.get("service") === "test" && url.searchParams.getAll("scope").length > 0;
  response.writeHead(allowed && complete ? 200 : 401).end(JSON.stringify(allowed && complete ? { token } : {}));
}

function authorize(
  request: IncomingMessage,
  { host }: TestRegistry,
  { auth }: TestRegistryOptions,
  name: string,
): void {
  if (!auth) return;
  const expected = auth.scheme === "basic" ? basicOf(auth) : `Bearer ${token}`;
  if (request.headers.authorization === expected) return;
  const challenge =
    auth.scheme === "basic"
      ? 'Basic realm="test"'
      : `Bearer realm="http://${host}/token",service="test",scope="repository:${name}:pull"`;
  throw new RegistryError(401, "UNAUTHORIZED", { "www-authenticate": challenge });
}

function serveBlob({ request, response, reply, registry, name, rest, options }: Target): void {
  const blob = registry.blobs.get(name)?.get(rest);
  if (!blob) throw new RegistryError(404, "BLOB_UNKNOWN");
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  const dropAfter = request.method === "GET" ? options.dropBlobAfter?.shift() : undefined;
  if (dropAfter === undefined) {
    reply(start > 0 ? 206 : 200, {}, blob.subarray(start));
    return;
  }
  response.writeHead(start > 0 ? 206 : 200, { "content-length": blob.length - start });
  response.write(blob.subarray(start, start + dropAfter), () => response.destroy());
}

async function serveUpload({ request, reply, registry, name, rest, url, uploads, options }: Target): Promise<void> {
  const blobs = registry.blobs.get(name) ?? new Map<string, Buffer>();
  registry.blobs.set(name, blobs);
  const id = rest.slice("uploads/".length);
  if (request.method === "POST") {
    const opened = randomUUID();
    uploads.set(opened, []);
    return reply(202, { location: `/v2/${name}/blobs/uploads/${opened}?state=1`, range: "0-0" });
  }
  const parts = uploads.get(id);
  if (!parts || url.searchParams.get("state") !== "1") throw new RegistryError(404, "BLOB_UPLOAD_UNKNOWN");
  const sizeOf = () => parts.reduce((sum, part) => sum + part.length, 0);
  const place = () => ({
    location: `/v2/${name}/blobs/uploads/${id}?state=1`,
    range: `0-${Math.max(0, sizeOf() - 1)}`,
  });
  switch (request.method) {
    case "GET":
      return reply(204, place());
    case "DELETE":
      uploads.delete(id);
      return reply(204);
    case "PATCH": {
      const start = /^(\d+)-\d+$/.exec(request.headers["content-range"] ?? "")?.[1];
      if (Number(start ?? 0) !== sizeOf()) throw new RegistryError(416, "RANGE_INVALID");
      await receive(request, registry, parts, options.dropPatchAfter?.shift());
      return reply(202, place());
    }
    case "PUT": {
      await receive(request, registry, parts);
      const bytes = Buffer.concat(parts);
      const digest = url.searchParams.get("digest") ?? "";
      if (digest !== digestOf(bytes)) throw new RegistryError(400, "DIGEST_INVALID");
      uploads.delete(id);
      blobs.set(digest, bytes);
      return reply(201, { location: `/v2/${name}/blobs/${digest}`, "docker-content-digest": digest });
    }
    default:
      throw new RegistryError(405, "UNSUPPORTED");
  }
}

async function serveManifest({ request, reply, registry, name, rest }: Target): Promise<void> {
  const manifests = registry.manifests.get(name) ?? new Map();
  registry.manifests.set(name, manifests);
  if (request.method !== "PUT") {
    const found = manifests.get(rest);
    if (!found) throw new RegistryError(404, "MANIFEST_UNKNOWN");
    return reply(200, { "content-type": found.type, "docker-content-digest": digestOf(found.bytes) }, found.bytes);
  }
  const parts: Buffer[] = [];
  await receive(request, registry, parts);
  const bytes = Buffer.concat(parts);
  const { config, layers = [] } = JSON.parse(bytes.toString());
  for (const { digest } of config ? [config, ...layers] : []) {
    if (!registry.blobs.get(name)?.has(digest)) throw new RegistryError(404, "MANIFEST_BLOB_UNKNOWN");
  }
  const stored = { type: request.headers["content-type"] ?? "", bytes };
  manifests.set(rest, stored).set(digestOf(bytes), stored);
  reply(201, { location: `/v2/${name}/manifests/${rest}`, "docker-content-digest": digestOf(bytes) });
}

async function receive(
  request: IncomingMessage,
  registry: TestRegistry,
  parts: Buffer[],
  dropAfter = Infinity,
): Promise<void> {
  let taken = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    const kept = chunk.subarray(0, Math.max(0, dropAfter - taken));
    taken += kept.length;
    registry.received.bytes += kept.length;
    parts.push(kept);
    if (taken >= dropAfter) {
      request.socket.destroy();
      throw new Error("dropped on demand");
    }
  }
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
