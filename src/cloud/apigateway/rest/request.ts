// A request to an invoke URL as the stages after it read it.

import type { HttpRequest } from "../../http.js";

/** Values by name, in order; a name may come more than once. */
export type MultiValues = ReadonlyMap<string, readonly string[]>;

export interface GatewayRequest {
  readonly httpMethod: string;
  /** Below the stage, percent-decoded. */
  readonly path: string;
  /** Names as they were sent. */
  readonly headers: MultiValues;
  /** Percent-decoded. */
  readonly query: MultiValues;
  readonly body: Uint8Array;
  readonly sourceIp: string;
}

export interface Addressed {
  readonly apiId: string;
  readonly stageName: string;
  /** Below the stage, still encoded: `/pets/1`. */
  readonly path: string;
  /** The name under which the API was called. */
  readonly host: string;
}

const pathForm = /^\/restapis\/([A-Za-z0-9]+)\/([A-Za-z0-9_-]+)\/_user_request_(\/.*)?$/;
const hostForm = /^([a-z0-9]+)\.execute-api\./;
const stageForm = /^\/([^/]*)(\/.*)?$/;

/** Which API and stage a request is for: by its path, or by its host. undefined: it is none of an API's. */
export function addressOf({ path, headers }: Pick<HttpRequest, "path" | "headers">): Addressed | undefined {
  const host = headers.host ?? "";
  const byPath = pathForm.exec(path);
  if (byPath) return { apiId: byPath[1] ?? "", stageName: byPath[2] ?? "", path: byPath[3] ?? "/", host };
  const byHost = hostForm.exec(host);
  const inPath = byHost && stageForm.exec(path);
  if (!inPath) return undefined;
  return { apiId: byHost[1] ?? "", stageName: inPath[1] ?? "", path: inPath[2] ?? "/", host };
}

/** Whether this host is an API's own, all of whose paths are its stages'. */
export function isInvokeHost(host = ""): boolean {
  return hostForm.test(host);
}

/** Headers of the connection, which are not the API's to see. */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
  "te",
  "content-length",
  "expect",
]);

export function gatewayRequest(request: HttpRequest, path: string): GatewayRequest {
  return {
    httpMethod: request.method,
    path: decode(path),
    headers: headersOf(request.rawHeaders),
    query: queryOf(request.query),
    body: request.body,
    sourceIp: request.sourceIp.replace(/^::ffff:/, ""),
  };
}

function headersOf(raw: readonly string[]): MultiValues {
  const headers = new Map<string, string[]>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]!;
    if (!hopByHop.has(name.toLowerCase())) push(headers, name, raw[index + 1]!);
  }
  return headers;
}

export function queryOf(query: string): MultiValues {
  const values = new Map<string, string[]>();
  if (query === "") return values;
  for (const part of query.split("&")) {
    if (part === "") continue;
    const mark = part.indexOf("=");
    const name = mark < 0 ? part : part.slice(0, mark);
    push(values, decodeForm(name), mark < 0 ? "" : decodeForm(part.slice(mark + 1)));
  }
  return values;
}

function push(values: Map<string, string[]>, name: string, value: string): void {
  const known = values.get(name);
  if (known) known.push(value);
  else values.set(name, [value]);
}

/** What cannot be decoded stays as it was sent. */
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

/** The last value of a header, whatever the case of its name. */
export function headerOf(headers: MultiValues, name: string): string | undefined {
  const direct = headers.get(name);
  if (direct) return direct.at(-1);
  const wanted = name.toLowerCase();
  for (const [sent, values] of headers) if (sent.toLowerCase() === wanted) return values.at(-1);
  return undefined;
}

/** One value a name, the last that was sent: what API Gateway gives where it gives only one. */
export function lastValues(values: MultiValues): Record<string, string> {
  const last: Record<string, string> = {};
  for (const [name, all] of values) last[name] = all.at(-1) ?? "";
  return last;
}

/** `application/json; charset=utf-8` is "application/json". */
export function mediaType(contentType: string | undefined): string | undefined {
  return contentType?.split(";", 1)[0]?.trim().toLowerCase();
}
