// Authentication as the registry's challenge requires: Basic (ECR, simple registries) or Bearer tokens (Docker Hub,
// ghcr.io, public.ecr.aws).

import { object, parseJson } from "../documents.js";
import { ImageError } from "../errors.js";
import type { HttpResponse, Transport } from "./transport.js";

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

interface Challenge {
  /** In lower case: "basic", "bearer". */
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const tokenBytesMax = 1 << 20;

/** Keeps the token for each scope, so that only the first request is sent twice. */
export class Authenticator {
  readonly #transport: Transport;
  readonly #credentials: Credentials | undefined;
  /** Parallel requests with the same challenge share one token. */
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(transport: Transport, credentials: Credentials | undefined) {
    this.#transport = transport;
    this.#credentials = credentials;
  }

  /** The header before any challenge: a known token, else the credentials, which most private registries accept. */
  async header(scopes: readonly string[]): Promise<Record<string, string>> {
    const token = await this.#tokens.get(scopes.join(" "));
    if (token !== undefined) return { authorization: `Bearer ${token}` };
    return this.#credentials ? { authorization: basic(this.#credentials) } : {};
  }

  /**
   * The header to repeat a request with after a 401; undefined if it was already tried or there are no credentials.
   * `tried` is the authorization of the request.
   */
  async authorize(
    unauthorized: HttpResponse,
    scopes: readonly string[],
    tried: string | undefined,
  ): Promise<Record<string, string> | undefined> {
    const challenge = parseChallenge(unauthorized.header("www-authenticate") ?? "");
    if (challenge?.scheme === "basic") {
      const header = this.#credentials && basic(this.#credentials);
      return header && header !== tried ? { authorization: header } : undefined;
    }
    if (challenge?.scheme !== "bearer") return undefined;
    const key = scopes.join(" ");
    // Another request may have got a token in the meantime.
    const known = await this.#tokens.get(key);
    if (known !== undefined && tried !== `Bearer ${known}`) return { authorization: `Bearer ${known}` };
    const fetched = this.#fetchToken(challenge, scopes, unauthorized.url);
    this.#tokens.set(key, fetched);
    fetched.catch(() => this.#tokens.delete(key));
    return { authorization: `Bearer ${await fetched}` };
  }

  async #fetchToken({ parameters }: Challenge, scopes: readonly string[], registry: URL): Promise<string> {
    const realm = URL.canParse(parameters.realm ?? "") ? new URL(parameters.realm!) : undefined;
    if (!realm || (realm.protocol !== "https:" && registry.protocol === "https:")) {
      throw new ImageError(
        "registry-unauthorized",
        `${registry.host} redirects to "${parameters.realm}" for a token, expected an https URL`,
      );
    }
    if (parameters.service) realm.searchParams.set("service", parameters.service);
    for (const scope of scopes) realm.searchParams.append("scope", scope);
    const headers: Record<string, string> = this.#credentials ? { authorization: basic(this.#credentials) } : {};
    const response = await this.#transport.send({ method: "GET", url: realm, headers });
    const body = await response.bytes(tokenBytesMax);
    if (response.status !== 200) {
      throw new ImageError("registry-unauthorized", `${realm.host} returned ${response.status} for a token request`, {
        place: { url: `${realm.origin}${realm.pathname}` },
      });
    }
    const { token, access_token } = object(parseJson(body, "token"), "token");
    const found = token ?? access_token;
    if (typeof found === "string" && found !== "") return found;
    throw new ImageError("registry-unauthorized", `${realm.host} returned no token`);
  }
}

function basic({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

/** `Bearer realm="https://auth.docker.io/token",service="registry.docker.io"` (RFC 9110, 11.6.1). */
function parseChallenge(text: string): Challenge | undefined {
  const scheme = /^\s*([A-Za-z]+)/.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return undefined;
  const parameters: Record<string, string> = {};
  for (const [, name, quoted, plain] of text.matchAll(/([A-Za-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)) {
    parameters[name!.toLowerCase()] = quoted === undefined ? plain! : quoted.replace(/\\(.)/g, "$1");
  }
  return { scheme, parameters };
}
