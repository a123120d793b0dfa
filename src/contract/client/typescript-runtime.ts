/** What is the same in every TypeScript client: requests, batches, retries and authorization. */
export const typescriptRuntime = `
export type Method = keyof Results;

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

type Provided<T> = T | (() => T | Promise<T>);

export interface ClientOptions {
  /** The URL of the API, which \`tepal deploy\` prints. */
  readonly url?: string;
  /** For an API that requires an API key. */
  readonly apiKey?: string;
  /** The value of the Authorization header, for an authorizer: "Bearer ...". A function is called for each request. */
  readonly authorization?: Provided<string>;
  /** For an API with IAM authorization: requests are signed. A function is called for each request. */
  readonly credentials?: Provided<AwsCredentials>;
  /** The region of the API. Default: from its URL. */
  readonly region?: string;
  /** Attempts after the first one, for the statuses 429 and 5xx and for broken connections. Default: 4. */
  readonly retriesMax?: number;
  /** Default: 30 seconds. API Gateway waits 29. */
  readonly timeoutMs?: number;
  /** Default: the global fetch. */
  readonly fetch?: typeof fetch;
}

/** A response that is not a prediction. \`status\` is 0 if there was no response. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly body: string;

  constructor(status: number, message: string, body = "") {
    super(message);
    this.status = status;
    this.body = body;
  }
}

/** Lambda accepts 6 MB, in which a request is escaped once more. */
const batchBytesMax = 2_000_000;
/** A batch of a slow model must complete within API Gateway's timeout. */
const batchRowsMax = 10_000;
const firstDelayMs = 200;
const delayMsMax = 10_000;

export class Client {
  readonly #options: ClientOptions;
  readonly #url: string;

  constructor(options: ClientOptions = {}) {
    const url = options.url ?? defaultUrl;
    if (url === undefined) throw new TypeError("The option url is missing");
    this.#options = options;
    this.#url = url;
  }

  /** The results of the model's first method, one for each row. */
  predict(rows: readonly Row[]): Promise<Results[typeof defaultMethod][]> {
    return this.call(defaultMethod, rows);
  }

  /** The results of a method, one for each row. Large tables are sent in several requests. */
  async call<M extends Method>(method: M, rows: readonly Row[]): Promise<Results[M][]> {
    const results: Results[M][] = [];
    for (const batch of batchesOf(rows)) results.push(...(await this.#callBatch(method, batch)));
    return results;
  }

  /** A batch that is too large is sent in halves. */
  async #callBatch<M extends Method>(method: M, rows: readonly Row[]): Promise<Results[M][]> {
    const body = JSON.stringify(method === defaultMethod ? { values: rows } : { values: rows, method });
    const response = await this.#send(body);
    if (response.status === 413 && rows.length > 1) {
      const middle = rows.length >> 1;
      const first = await this.#callBatch(method, rows.slice(0, middle));
      return [...first, ...(await this.#callBatch(method, rows.slice(middle)))];
    }
    const text = await response.text();
    if (response.status !== 200) throw new ApiError(response.status, messageOf(response.status, text), text);
    const results: unknown = JSON.parse(text);
    if (!Array.isArray(results)) throw new ApiError(200, \`The response is not a list: \${text.slice(0, 200)}\`, text);
    if (results.length !== rows.length) {
      throw new ApiError(200, \`The response has \${results.length} results for \${rows.length} rows\`, text);
    }
    return results;
  }

  async #send(body: string): Promise<Response> {
    const { fetch: send = fetch, retriesMax = 4, timeoutMs = 30_000 } = this.#options;
    for (let attempt = 0; ; attempt++) {
      const isLast = attempt >= retriesMax;
      const headers = await this.#headers(body);
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await send(this.#url, { method: "POST", headers, body, signal }).catch((error: unknown) => {
        if (!isLast) return undefined;
        throw new ApiError(0, \`POST \${this.#url} failed: \${error instanceof Error ? error.message : error}\`);
      });
      if (response && (isLast || (response.status !== 429 && response.status < 500))) return response;
      await response?.arrayBuffer();
      await delay(attempt, Number(response?.headers.get("retry-after")) * 1000);
    }
  }

  async #headers(body: string): Promise<Record<string, string>> {
    const { apiKey, authorization, credentials, region } = this.#options;
    const headers: Record<string, string> = { "content-type": "application/json" };
    if (apiKey !== undefined) headers["x-api-key"] = apiKey;
    if (authorization !== undefined) headers["authorization"] = await valueOf(authorization);
    if (credentials === undefined) return headers;
    const url = new URL(this.#url);
    return signed(url, headers, body, await valueOf(credentials), region ?? regionOf(url));
  }
}

function valueOf<T extends object | string>(provided: Provided<T>): T | Promise<T> {
  return typeof provided === "function" ? (provided as () => T | Promise<T>)() : provided;
}

function* batchesOf(rows: readonly Row[]): Generator<Row[]> {
  let batch: Row[] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = encoder.encode(JSON.stringify(row)).length + 1;
    if (batch.length > 0 && (bytes + size > batchBytesMax || batch.length === batchRowsMax)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(row);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** Waits twice as long each time, and a random part of that: callers that failed together do not return together. */
function delay(attempt: number, serverMs: number): Promise<void> {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  const ownMs = Math.min(firstDelayMs * 2 ** attempt, delayMsMax) * (0.5 + random / 2 ** 33);
  return new Promise((resolve) => setTimeout(resolve, Math.max(ownMs, Math.min(serverMs || 0, delayMsMax))));
}

function messageOf(status: number, text: string): string {
  try {
    const { message, errorMessage } = JSON.parse(text) as { message?: string; errorMessage?: string };
    return \`The API returned \${status}: \${message ?? errorMessage ?? text}\`;
  } catch {
    return \`The API returned \${status}: \${text.slice(0, 500)}\`;
  }
}

const encoder = new TextEncoder();

function regionOf({ hostname }: URL): string {
  return /\\.(?:execute-api|lambda-url)\\.([a-z0-9-]+)\\./.exec(hostname)?.[1] ?? "us-east-1";
}

/** AWS Signature Version 4. */
async function signed(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
  region: string,
): Promise<Record<string, string>> {
  const time = new Date().toISOString().replaceAll(/[-:]|\\.\\d{3}/g, "");
  const service = url.hostname.includes(".lambda-url.") ? "lambda" : "execute-api";
  const scope = [time.slice(0, 8), region, service, "aws4_request"];
  const all: Record<string, string> = { ...headers, "x-amz-date": time };
  if (sessionToken !== undefined) all["x-amz-security-token"] = sessionToken;
  const canonical = Object.entries({ ...all, host: url.host }).sort(([a], [b]) => (a < b ? -1 : 1));
  const names = canonical.map(([name]) => name).join(";");
  const query = [...url.searchParams].map((pair) => pair.map(encoded).join("=")).sort();
  const request = [
    "POST",
    url.pathname.split("/").map(encoded).join("/"),
    query.join("&"),
    ...canonical.map(([name, value]) => \`\${name}:\${value.trim()}\`),
    "",
    names,
    hex(await crypto.subtle.digest("SHA-256", encoder.encode(body))),
  ].join("\\n");
  const digest = hex(await crypto.subtle.digest("SHA-256", encoder.encode(request)));
  const text = ["AWS4-HMAC-SHA256", time, scope.join("/"), digest].join("\\n");
  let key: ArrayBuffer | Uint8Array<ArrayBuffer> = encoder.encode(\`AWS4\${secretAccessKey}\`);
  for (const part of scope) key = await hmac(key, part);
  const signature = hex(await hmac(key, text));
  const credential = \`\${accessKeyId}/\${scope.join("/")}\`;
  all["authorization"] = \`AWS4-HMAC-SHA256 Credential=\${credential}, SignedHeaders=\${names}, Signature=\${signature}\`;
  return all;
}

function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => \`%\${char.charCodeAt(0).toString(16).toUpperCase()}\`);
}

async function hmac(key: ArrayBuffer | Uint8Array<ArrayBuffer>, text: string): Promise<ArrayBuffer> {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return crypto.subtle.sign("HMAC", imported, encoder.encode(text));
}

function hex(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
`;
