import { documentBytesMax } from "../blob.js";
import { ImageError } from "../errors.js";
import { Authenticator, type Credentials } from "./auth.js";
import { type Sleep, Transient, withRetry } from "./retry.js";
import { type HttpRequest, type HttpResponse, Transport } from "./transport.js";

/** A request with its expected statuses; any other is an error. */
export interface Exchange extends HttpRequest {
  readonly expected: readonly number[];
}

/** A response with its whole body. */
export interface Reply extends Pick<HttpResponse, "status" | "url" | "header"> {
  readonly bytes: Uint8Array;
}

/** Statuses after which a request is retried. */
const transientStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const redirectsMax = 5;
/** Letters of a response in an error: a registry's JSON is short, a proxy's page is cut. */
const responseLengthShown = 300;

interface SessionOptions {
  readonly origin: URL;
  readonly credentials?: Credentials | undefined;
  readonly sleep: Sleep;
}

/** Requests to one registry, with authentication, retries and a check of the status. */
export class Session {
  readonly origin: URL;
  readonly sleep: Sleep;
  readonly #transport = new Transport();
  readonly #authenticator: Authenticator;

  constructor({ origin, credentials, sleep }: SessionOptions) {
    this.origin = origin;
    this.sleep = sleep;
    this.#authenticator = new Authenticator(this.#transport, credentials);
  }

  /** @throws ImageError "registry-error", "registry-unauthorized", "registry-unreachable" */
  send(exchange: Exchange, scopes: readonly string[]): Promise<Reply> {
    return withRetry(this.sleep, () => this.sendOnce(exchange, scopes));
  }

  /** Without retries, for requests that are not safe to repeat. Also @throws Transient */
  async sendOnce(exchange: Exchange, scopes: readonly string[]): Promise<Reply> {
    const response = await this.open(exchange, scopes);
    return {
      status: response.status,
      url: response.url,
      header: response.header,
      bytes: await response.bytes(documentBytesMax),
    };
  }

  /** Like `sendOnce`, without reading the body. Also @throws Transient */
  async open(exchange: Exchange, scopes: readonly string[]): Promise<HttpResponse> {
    let current: HttpRequest = exchange;
    for (let hop = 0; hop <= redirectsMax; hop++) {
      const response = await this.#signedIn(current, scopes);
      if (exchange.expected.includes(response.status)) return response;
      const target =
        redirects.has(response.status) && exchange.method === "GET" ? response.header("location") : undefined;
      if (target === undefined) throw await errorOf(exchange, response);
      await response.bytes(documentBytesMax);
      current = { ...exchange, url: this.resolve(target, response.url) };
    }
    throw new ImageError("registry-response-invalid", `${exchange.url.href} redirects more than ${redirectsMax} times`);
  }

  /** An absolute URL from a URL in a response, which may be relative. @throws ImageError "registry-response-invalid" */
  resolve(location: string, base: URL): URL {
    const url = URL.canParse(location, base.href) ? new URL(location, base) : undefined;
    if (url && (url.protocol === "https:" || base.protocol === "http:")) return url;
    throw new ImageError("registry-response-invalid", `${base.host} redirects to "${location}", expected an https URL`);
  }

  async #signedIn(request: HttpRequest, scopes: readonly string[]): Promise<HttpResponse> {
    // Blobs are often on another host, which must not get the registry's credentials.
    if (request.url.origin !== this.origin.origin) return this.#transport.send(request);
    const first = await this.#authenticator.header(scopes);
    const response = await this.#transport.send({ ...request, headers: { ...request.headers, ...first } });
    if (response.status !== 401) return response;
    const second = await this.#authenticator.authorize(response, scopes, first.authorization);
    if (!second) return response;
    await response.bytes(documentBytesMax);
    return this.#transport.send({ ...request, headers: { ...request.headers, ...second } });
  }
}

async function errorOf({ method, url, expected }: Exchange, response: HttpResponse): Promise<Error> {
  const body = Buffer.from(await response.bytes(documentBytesMax))
    .toString("utf8")
    .slice(0, responseLengthShown)
    .trim();
  const message = `${method} ${url.host}${url.pathname} returned ${response.status}, expected ${expected.join(" or ")}${body && `: ${body}`}`;
  const code = response.status === 401 || response.status === 403 ? "registry-unauthorized" : "registry-error";
  const error = new ImageError(code, message, { place: { url: `${url.origin}${url.pathname}` } });
  if (!transientStatuses.has(response.status)) return error;
  return new Transient(error, 1000 * Number(/^\d+$/.exec(response.header("retry-after") ?? "")?.[0] ?? 0));
}
