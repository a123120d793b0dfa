// HTTP as the registry client needs it. node:http and not fetch: streams of known length, and a tenth of the cost a request.

import * as http from "node:http";
import * as https from "node:https";
import { pipeline } from "node:stream";
import { ImageError } from "../errors.js";
import { Transient } from "./retry.js";

export interface Outgoing {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Opened again for each attempt. */
  readonly body?: { readonly size: number; readonly open: () => AsyncIterable<Uint8Array> };
}

export interface Answer {
  readonly status: number;
  readonly url: URL;
  /** By its name in lower case. */
  header(name: string): string | undefined;
  /** The body, to be read once. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The whole body, which frees the connection for the next request; more than `bytesMax` is an error. */
  bytes(bytesMax: number): Promise<Uint8Array>;
}

/** A registry that says nothing for so long is taken as gone. */
const silenceMsMax = 60_000;
const socketsMax = 8;
const withBody: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);
/** Error codes that a second attempt does not mend. */
const lastingFaults: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND", "EACCES", "ERR_INVALID_URL"]);

/** Connections that are kept for the next request. Idle ones do not keep the process alive. */
export class Transport {
  readonly #agents = {
    "http:": new http.Agent({ keepAlive: true, maxSockets: socketsMax }),
    "https:": new https.Agent({ keepAlive: true, maxSockets: socketsMax }),
  };

  /** @throws Transient when the connection breaks, TepalError "registry-unreachable" when there is none to be had */
  send({ method, url, headers = {}, body }: Outgoing): Promise<Answer> {
    const { protocol } = url;
    if (protocol !== "http:" && protocol !== "https:") {
      throw new ImageError("registry-answer-invalid", `The registry points to ${url.href}, expected an HTTP address`);
    }
    const length: Record<string, string> = withBody.has(method) ? { "content-length": String(body?.size ?? 0) } : {};
    const options = { method, agent: this.#agents[protocol], headers: { ...headers, ...length } };
    return new Promise((resolve, reject) => {
      const request = (protocol === "http:" ? http : https).request(url, options);
      let sourceFault: unknown;
      const fail = (error: Error) => reject(sourceFault ?? faultOf(error, method, url));
      request.on("response", (response) => resolve(answerOf(response, method, url)));
      request.on("error", fail);
      request.setTimeout(silenceMsMax, () => request.destroy(new Error(`no answer for ${silenceMsMax / 1000} s`)));
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

/** Tells a fault of the bytes' source, which no repetition mends, from one of the network. */
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

function answerOf(response: http.IncomingMessage, method: string, url: URL): Answer {
  const body = bodyOf(response, method, url);
  const bytes = async (bytesMax: number) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > bytesMax) {
        const place = { url: shown(url) };
        throw new ImageError("registry-answer-invalid", `${place.url} has more than ${bytesMax} bytes`, { place });
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
  return lastingFaults.has(code) ? fault : new Transient(fault);
}

/** Without the query, which may hold a signature that lets anyone read the blob. */
function shown({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}
