// HTTP for the registry client. It uses node:http and not fetch, which has no streams of known length and costs ten
// times as much.

import * as http from "node:http";
import * as https from "node:https";
import { pipeline } from "node:stream";
import { ImageError } from "../errors.js";
import { Transient } from "./retry.js";

export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Opened again for each attempt. */
  readonly body?: { readonly size: number; readonly open: () => AsyncIterable<Uint8Array> };
}

export interface HttpResponse {
  readonly status: number;
  readonly url: URL;
  /** By lower-case name. */
  header(name: string): string | undefined;
  /** The body; it can be read once. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Reads the whole body, which frees the connection. More than `bytesMax` bytes are an error. */
  bytes(bytesMax: number): Promise<Uint8Array>;
}

/** The longest wait for a response of a registry. */
const responseMsMax = 60_000;
const socketsMax = 8;
const withBody: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);
/** Error codes for which a retry does not help. */
const permanentCodes: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND", "EACCES", "ERR_INVALID_URL"]);

/** Keeps connections for the next request. Idle ones do not keep the process alive. */
export class Transport {
  readonly #agents = {
    "http:": new http.Agent({ keepAlive: true, maxSockets: socketsMax }),
    "https:": new https.Agent({ keepAlive: true, maxSockets: socketsMax }),
  };

  /** @throws Transient when the connection breaks, ImageError "registry-unreachable" when it cannot be opened */
  send({ method, url, headers = {}, body }: HttpRequest): Promise<HttpResponse> {
    const { protocol } = url;
    if (protocol !== "http:" && protocol !== "https:") {
      throw new ImageError(
        "registry-response-invalid",
        `The registry redirects to ${url.href}, expected an http or https URL`,
      );
    }
    const length: Record<string, string> = withBody.has(method) ? { "content-length": String(body?.size ?? 0) } : {};
    const options = { method, agent: this.#agents[protocol], headers: { ...headers, ...length } };
    return new Promise((resolve, reject) => {
      const request = (protocol === "http:" ? http : https).request(url, options);
      let sourceFault: unknown;
      const fail = (error: Error) => reject(sourceFault ?? faultOf(error, method, url));
      request.on("response", (response) => resolve(responseOf(response, method, url)));
      request.on("error", fail);
      request.setTimeout(responseMsMax, () => request.destroy(new Error(`no response for ${responseMsMax / 1000} s`)));
      if (!body) request.end();
      else {
        const source = watched(body.open(), (error) => {
          sourceFault = error;
        });
        pipeline(source, request, (error) => error && fail(error));
      }
    });
  }
}

/** Reports errors of the source of the bytes, for which a retry does not help, unlike errors of the network. */
async function* watched(
  bytes: AsyncIterable<Uint8Array>,
  onFault: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    onFault(error);
    throw error;
  }
}

function responseOf(response: http.IncomingMessage, method: string, url: URL): HttpResponse {
  const body = bodyOf(response, method, url);
  const bytes = async (bytesMax: number) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > bytesMax) {
        const place = { url: shown(url) };
        throw new ImageError("registry-response-invalid", `${place.url} has more than ${bytesMax} bytes`, { place });
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  };
  return {
    status: response.statusCode ?? 0,
    url,
    header: (name) => {
      const value = response.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    body,
    bytes,
  };
}

async function* bodyOf(response: http.IncomingMessage, method: string, url: URL): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of response) yield chunk as Uint8Array;
  } catch (error) {
    throw error instanceof Error ? faultOf(error, method, url) : error;
  }
}

function faultOf(error: Error, method: string, url: URL): Error {
  const code = "code" in error ? String(error.code) : "";
  const place = { url: shown(url) };
  const message = `${method} ${place.url} failed: ${error.message || code}`;
  const fault = new ImageError("registry-unreachable", message, { place, cause: error });
  return permanentCodes.has(code) ? fault : new Transient(fault);
}

/** Without the query, which may contain a signature that grants access to the blob. */
function shown({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}
