// An HTTP request as events describe it.

import type { HttpRequest } from "../http.js";
import { addValue, type MultiValues } from "./multi-values.js";

export interface EventRequest {
  readonly httpMethod: string;
  /** Without the stage, percent-decoded. */
  readonly path: string;
  /** Names as they were sent, without those of the connection. */
  readonly headers: MultiValues;
  /** Percent-decoded. */
  readonly query: MultiValues;
  /** As it was sent, without "?". */
  readonly rawQuery: string;
  readonly body: Uint8Array;
  readonly sourceIp: string;
}

/** Headers of the connection, which an API does not see. */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
  "te",
  "content-length",
  "expect",
]);

/** @param path without the stage, still percent-encoded */
export function eventRequest(request: HttpRequest, path: string): EventRequest {
  return {
    httpMethod: request.method,
    path: decode(path),
    headers: sentHeaders(request.rawHeaders),
    query: sentQuery(request.query),
    rawQuery: request.query,
    body: request.body,
    sourceIp: request.sourceIp.replace(/^::ffff:/, ""),
  };
}

function sentHeaders(raw: readonly string[]): MultiValues {
  const headers = new Map<string, string[]>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]!;
    if (!hopByHop.has(name.toLowerCase())) addValue(headers, name, raw[index + 1]!);
  }
  return headers;
}

/** The parameters of a query string. */
export function sentQuery(query: string): MultiValues {
  const values = new Map<string, string[]>();
  if (query === "") return values;
  for (const part of query.split("&")) {
    if (part === "") continue;
    const mark = part.indexOf("=");
    const name = mark < 0 ? part : part.slice(0, mark);
    addValue(values, decodeForm(name), mark < 0 ? "" : decodeForm(part.slice(mark + 1)));
  }
  return values;
}

/** Percent-decodes; an invalid escape leaves the text as it was sent. */
export function decode(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function decodeForm(text: string): string {
  return decode(text.replaceAll("+", " "));
}

/** `application/json; charset=utf-8` is "application/json". */
export function mediaType(contentType: string | undefined): string | undefined {
  return contentType?.split(";", 1)[0]?.trim().toLowerCase();
}
