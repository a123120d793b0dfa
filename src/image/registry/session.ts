import { documentBytesMax } from "../blob.js";
import { ImageError } from "../errors.js";
import { Authenticator, type Credentials } from "./auth.js";
import { type Sleep, Transient, withRetry } from "./retry.js";
import { type Answer, type Outgoing, Transport } from "./transport.js";

/** A request with the statuses that its sender understands; any other is an error. */
export interface Exchange extends Outgoing {
  readonly expected: readonly number[];
}

/** An answer that was small enough to read. */
export interface Reply extends Pick<Answer, "status" | "url" | "header"> {
  readonly bytes: Uint8Array;
}

/** Statuses that a later attempt may not meet. */
const transientStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const redirectsMax = 5;
/** Registries answer JSON of one line; a proxy's page is cut. */
const refusalLengthShown = 300;

export interface SessionOptions {
  readonly origin: URL;
  readonly credentials?: Credentials | undefined;
  readonly sleep: Sleep;
}

/** Requests to one registry: signed in as it asks, repeated where that can help, and checked for the expected statuses. */
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

  /** @throws ImageError "registry-refused", "registry-unauthorized", "registry-unreachable" */
  send(exchange: Exchange, scopes: readonly string[]): Promise<Reply> {
    return withRetry(this.sleep, () => this.sendOnce(exchange, scopes));
  }

  /** Without repetition: for requests that are not safe to repeat. @throws Transient besides */
  async sendOnce(exchange: Exchange, scopes: readonly string[]): Promise<Reply> {
    const answer = await this.open(exchange, scopes);
    return {
      status: answer.status,
      url: answer.url,
      header: answer.header,
      bytes: await answer.bytes(documentBytesMax),
    };
  }

  /** Likewise, for bodies that do not fit into memory: the answer's is still to be read. @throws Transient besides */
  async open(exchange: Exchange, scopes: readonly string[]): Promise<Answer> {
    let current: Outgoing = exchange;
    for (let hop = 0; hop <= redirectsMax; hop++) {
      const answer = await this.#signedIn(current, scopes);
      if (exchange.expected.includes(answer.status)) return answer;
      const target = redirects.has(answer.status) && exchange.method === "GET" ? answer.header("location") : undefined;
      if (target === undefined) throw await refusalOf(exchange, answer);
      await answer.bytes(documentBytesMax);
      current = { ...exchange, url: this.resolve(target, answer.url) };
    }
    throw new ImageError("registry-answer-invalid", `${exchange.url.href} redirects more than ${redirectsMax} times`);
  }

  /** An address that the registry gave, possibly a relative one. @throws ImageError "registry-answer-invalid" */
  resolve(location: string, base: URL): URL {
    const url = URL.canParse(location, base.href) ? new URL(location, base) : undefined;
    if (url && (url.protocol === "https:" || base.protocol === "http:")) return url;
    throw new ImageError(
      "registry-answer-invalid",
      `${base.host} points to "${location}", expected an address as safe as its own`,
    );
  }

  async #signedIn(request: Outgoing, scopes: readonly string[]): Promise<Answer> {
    // Blobs often lie on another host, whose signed address must not be sent the registry's credentials.
    if (request.url.origin !== this.origin.origin) return this.#transport.send(request);
    const first = await this.#authenticator.header(scopes);
    const answer = await this.#transport.send({ ...request, headers: { ...request.headers, ...first } });
    if (answer.status !== 401) return answer;
    const second = await this.#authenticator.answerTo(answer, scopes, first.authorization);
    if (!second) return answer;
    await answer.bytes(documentBytesMax);
    return this.#transport.send({ ...request, headers: { ...request.headers, ...second } });
  }
}

async function refusalOf({ method, url, expected }: Exchange, answer: Answer): Promise<Error> {
  const words = Buffer.from(await answer.bytes(documentBytesMax))
    .toString("utf8")
    .slice(0, refusalLengthShown)
    .trim();
  const message = `${method} ${url.host}${url.pathname} answered ${answer.status}, expected ${expected.join(" or ")}${words && `: ${words}`}`;
  const code = answer.status === 401 || answer.status === 403 ? "registry-unauthorized" : "registry-refused";
  const refusal = new ImageError(code, message, { place: { url: `${url.origin}${url.pathname}` } });
  if (!transientStatuses.has(answer.status)) return refusal;
  return new Transient(refusal, 1000 * Number(/^\d+$/.exec(answer.header("retry-after") ?? "")?.[0] ?? 0));
}
