// What a function behind an HTTP integration returns.

/** The function's response, checked. The body is still in base64 where `isBase64Encoded` says so. */
export interface FunctionResponse {
  readonly status: number;
  /** In the function's order; names may repeat in different case. */
  readonly headers: readonly (readonly [name: string, values: readonly string[]])[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** The function's result does not have the format of a response. */
export class MalformedResponse extends Error {
  override readonly name = "MalformedResponse";
}

/** Informational statuses end no request: 1xx cannot be a response. */
const statusMin = 200;
const statusMax = 599;
/**
 * API Gateway's quota is 10,240 bytes for all headers; Node's own client, with 16 KB, cannot read what is much larger.
 */
const headersCharactersMax = 64 * 1024;

const members1 = new Set(["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"]);

/**
 * Reads a response in format 1.0: only its five members are allowed, all optional, but not none.
 * @throws MalformedResponse
 */
export function readResponse1(payload: Uint8Array): FunctionResponse {
  const response = parse(payload);
  if (!isRecord(response)) throw new MalformedResponse("Not an object");
  const names = Object.keys(response);
  if (names.length === 0 || names.some((name) => !members1.has(name))) throw new MalformedResponse("Unknown members");
  const { headers, multiValueHeaders, statusCode, body, isBase64Encoded } = response;
  return {
    status: statusOf(statusCode),
    headers: checked([
      ...entriesOf(headers).map(([name, value]) => [name, [textOf(value)]] as const),
      ...entriesOf(multiValueHeaders).map(([name, values]) => [name, valuesOf(values)] as const),
    ]),
    body: bodyOf(body),
    isBase64Encoded: isBase64Encoded === true,
  };
}

/**
 * Reads a response in format 2.0. A result without `statusCode` is the body of a 200 response in JSON; a string is
 * sent without quotes.
 * @throws MalformedResponse
 */
export function readResponse2(payload: Uint8Array): FunctionResponse {
  const result = parse(payload);
  if (!isRecord(result) || result.statusCode === undefined) {
    return {
      status: 200,
      headers: [["content-type", ["application/json"]]],
      // Without white space, as recorded.
      body: typeof result === "string" ? result : JSON.stringify(result),
      isBase64Encoded: false,
    };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = result;
  const setCookie = cookies === undefined || cookies === null ? [] : valuesOf(cookies);
  return {
    status: statusOf(statusCode),
    headers: checked([
      ...entriesOf(headers).map(([name, value]) => [name, [textOf(value)]] as const),
      ...(setCookie.length > 0 ? [["set-cookie", setCookie] as const] : []),
    ]),
    body: bodyOf(body),
    isBase64Encoded: isBase64Encoded === true,
  };
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString("utf8"));
  } catch {
    throw new MalformedResponse("Not JSON");
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function statusOf(statusCode: unknown): number {
  if (statusCode === undefined || statusCode === null) return 200;
  const status = typeof statusCode === "string" || typeof statusCode === "number" ? Number(statusCode) : Number.NaN;
  if (!(Number.isInteger(status) && status >= statusMin && status <= statusMax)) {
    throw new MalformedResponse("Invalid statusCode");
  }
  return status;
}

function bodyOf(body: unknown): string {
  return body === undefined || body === null ? "" : textOf(body);
}

function entriesOf(entries: unknown): [string, unknown][] {
  if (entries === undefined || entries === null) return [];
  if (!isRecord(entries)) throw new MalformedResponse("Invalid headers");
  return Object.entries(entries);
}

function valuesOf(values: unknown): string[] {
  if (!Array.isArray(values)) throw new MalformedResponse("Invalid values of a header");
  return values.map(textOf);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "object") throw new MalformedResponse("An object in place of a string");
  return String(value);
}

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Everything but a tab, visible ASCII and the upper half of Latin-1: Node sends no other header. */
const notInHeader = /[^\t\u0020-\u007e\u0080-\u00ff]/;

function checked(headers: readonly (readonly [string, readonly string[]])[]): FunctionResponse["headers"] {
  let characters = 0;
  for (const [name, values] of headers) {
    if (!headerName.test(name) || values.some((value) => notInHeader.test(value))) {
      throw new MalformedResponse("Invalid header");
    }
    for (const value of values) characters += name.length + value.length;
  }
  if (characters > headersCharactersMax)
    throw new MalformedResponse(`More than ${headersCharactersMax} bytes of headers`);
  return headers;
}
