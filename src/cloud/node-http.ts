// Connects Node's HTTP server to the request router.

import {
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
  validateHeaderName,
  validateHeaderValue,
} from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Log } from "../base/index.js";
import type { HttpRequestHead, StreamedReply } from "./http.js";
import { type IncomingRequest, internalError, type RequestRouter } from "./request-router.js";

const noBytes = new Uint8Array(0);
/** Statuses whose replies have no body and therefore no length. */
const bodiless: ReadonlySet<number> = new Set([204, 304]);
/**
 * Below are statuses that announce another reply (RFC 9110, 15.2): a client would wait for it. Node rejects those
 * above.
 */
const statusMin = 200;
const statusMax = 999;

export function serve(routeRequest: RequestRouter, log: Log): RequestListener {
  return function onRequest(message, response) {
    routeRequest(incomingOf(message))
      .then((reply) => send(message, response, sendable(reply, message, log)))
      // The router does not throw: this is an error of the connection, or of a body that is being streamed.
      .catch(() => response.destroy());
  };
}

function incomingOf(message: IncomingMessage): IncomingRequest {
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
      // The rest is read and dropped: a client reads the reply only after it has sent everything.
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

/** The reply, or a 500 in its place when Node cannot send it: its headers come from functions and mapping templates. */
function sendable(reply: StreamedReply, { method, url }: IncomingMessage, log: Log): StreamedReply {
  const fault = faultOf(reply);
  if (fault === undefined) return reply;
  if (reply.body instanceof Readable) reply.body.destroy();
  log.warn(`${method} ${url} failed: the reply cannot be sent: ${fault}`);
  return internalError();
}

/** Why Node would reject a reply, or a client misread it; undefined for a reply that can be sent. */
function faultOf({ status, headers }: StreamedReply): string | undefined {
  if (!Number.isInteger(status) || status < statusMin || status > statusMax) return `its status is ${status}`;
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined) return `its header ${name} has no value`;
    try {
      validateHeaderName(name);
      for (const line of typeof value === "string" ? [value] : value) validateHeaderValue(name, line);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
  return undefined;
}

async function send(message: IncomingMessage, response: ServerResponse, reply: StreamedReply): Promise<void> {
  const { status, headers, body } = reply;
  const isHead = message.method === "HEAD";
  for (const name in headers) {
    if (!framing.has(name.toLowerCase())) response.setHeader(name, headers[name]!);
  }
  const length = lengthOf(reply, isHead);
  if (length !== undefined && !bodiless.has(status)) response.setHeader("content-length", length);
  response.writeHead(status);
  if (isHead) response.end();
  else if (isWhole(body)) response.end(body);
  else await pipeline(body instanceof Readable ? body : Readable.from(body), response);
}

/** Headers that say where the body ends, and a trailer that would follow it: these are the server's to write. */
const framing: ReadonlySet<string> = new Set(["content-length", "transfer-encoding", "trailer"]);

/** A whole body has its own length; for a streamed body and for HEAD the reply says it. */
function lengthOf({ headers, body }: StreamedReply, isHead: boolean): string | number | undefined {
  const announced = headers["content-length"];
  if (typeof announced === "string" && /^\d+$/.test(announced) && (isHead || !isWhole(body))) return announced;
  return isWhole(body) ? Buffer.byteLength(body) : undefined;
}

function isWhole(body: StreamedReply["body"]): body is string | Uint8Array {
  return typeof body === "string" || body instanceof Uint8Array;
}
