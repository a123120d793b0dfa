// Between Node's HTTP server and the front door.

import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { HttpRequestHead, StreamedReply } from "./http.js";
import type { FrontDoor, Incoming } from "./request-router.js";

const noBytes = new Uint8Array(0);
/** Statuses whose replies have no body, so that no length is announced either. */
const bodiless: ReadonlySet<number> = new Set([204, 304]);

export function serve(frontDoor: FrontDoor): RequestListener {
  return (message, response) => {
    frontDoor(incomingOf(message))
      .then((reply) => send(message.method === "HEAD", response, reply))
      // The front door does not throw: what fails here is the connection.
      .catch(() => response.destroy());
  };
}

function incomingOf(message: IncomingMessage): Incoming {
  return { head: headOf(message), stream: message, readBody: (bytesMax) => readBody(message, bytesMax) };
}

function headOf(message: IncomingMessage): HttpRequestHead {
  // A proxy's client sends the whole URL; its host is in the Host header too.
  const target = (message.url ?? "/").replace(/^https?:\/\/[^/?]*/i, "");
  const mark = target.indexOf("?");
  return {
    method: message.method ?? "GET",
    path: (mark < 0 ? target : target.slice(0, mark)) || "/",
    query: mark < 0 ? "" : target.slice(mark + 1),
    headers: headersOf(message),
    rawHeaders: message.rawHeaders,
    sourceIp: message.socket.remoteAddress ?? "",
  };
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) joined[name] = typeof value === "string" ? value : value.join(", ");
  }
  return joined;
}

function readBody(message: IncomingMessage, bytesMax: number): Promise<Uint8Array | undefined> {
  const { "content-length": announced, "transfer-encoding": coding } = message.headers;
  if (announced === undefined && coding === undefined) return Promise.resolve(noBytes);
  if (Number(announced) > bytesMax) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    message.on("data", (chunk: Uint8Array) => {
      length += chunk.length;
      // The rest is read and dropped: a client hears the answer only when it has sent all.
      if (length <= bytesMax) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve(undefined);
      }
    });
    message.on("end", () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    message.on("error", reject);
  });
}

async function send(
  isHead: boolean,
  response: ServerResponse,
  { status, headers, body }: StreamedReply,
): Promise<void> {
  const whole = typeof body === "string" || body instanceof Uint8Array;
  for (const name in headers) response.setHeader(name, headers[name]!);
  if (whole && !bodiless.has(status) && !response.hasHeader("content-length"))
    response.setHeader("content-length", Buffer.byteLength(body));
  response.writeHead(status);
  if (whole) response.end(isHead ? undefined : body);
  else if (isHead) response.end();
  else await pipeline(body instanceof Readable ? body : Readable.from(body), response);
}
