// Who asks: Basic (ECR, plain registries) and Bearer tokens (Docker Hub, ghcr.io, public.ecr.aws), as the registry's challenge wants it.

import { object, parseJson } from "../documents.js";
import { ImageError } from "../errors.js";
import type { Answer, Transport } from "./transport.js";

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

/** Keeps what a registry accepted for each scope, so that only the first request is sent twice. */
export class Authenticator {
  readonly #transport: Transport;
  readonly #credentials: Credentials | undefined;
  /** Requests that meet the same challenge at once share one token. */
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(transport: Transport, credentials: Credentials | undefined) {
    this.#transport = transport;
    this.#credentials = credentials;
  }

  /** The header to send before any challenge: a known token, else the credentials, which most private registries take as they are. */
  async header(scopes: readonly string[]): Promise<Record<string, string>> {
    const token = await this.#tokens.get(scopes.join(" "));
    if (token !== undefined) return { authorization: `Bearer ${token}` };
    return this.#credentials ? { authorization: basic(this.#credentials) } : {};
  }

  /**
   * The header that answers a 401, or undefined when it has been tried already or nothing is known that would help.
   * `tried` is the authorization that the 401 answered.
   */
  async answerTo(
    refusal: Answer,
    scopes: readonly string[],
    tried: string | undefined,
  ): Promise<Record<string, string> | undefined> {
    const challenge = parseChallenge(refusal.header("www-authenticate") ?? "");
    if (challenge?.scheme === "basic") {
      const header = this.#credentials && basic(this.#credentials);
      return header && header !== tried ? { authorization: header } : undefined;
    }
    if (challenge?.scheme !== "bearer") return undefined;
    const key = scopes.join(" ");
    // Somebody else may have got a token since this request was sent.
    const known = await this.#tokens.get(key);
    if (known !== undefined && tried !== `Bearer ${known}`) return { authorization: `Bearer ${known}` };
    const fetched = this.#fetchToken(challenge, scopes, refusal.url);
    this.#tokens.set(key, fetched);
    fetched.catch(() => this.#tokens.delete(key));
    return { authorization: `Bearer ${await fetched}` };
  }

  async #fetchToken({ parameters }: Challenge, scopes: readonly string[], registry: URL): Promise<string> {
    const realm = URL.canParse(parameters.realm ?? "") ? new URL(parameters.realm!) : undefined;
    if (!realm || (realm.protocol !== "https:" && registry.protocol === "https:")) {
      throw new ImageError(
        "registry-unauthorized",
        `${registry.host} sends to "${parameters.realm}" for a token, expected an https address`,
      );
    }
    if (parameters.service) realm.searchParams.set("service", parameters.service);
    for (const scope of scopes) realm.searchParams.append("scope", scope);
    const headers: Record<string, string> = this.#credentials ? { authorization: basic(this.#credentials) } : {};
    const answer = await this.#transport.send({ method: "GET", url: realm, headers });
    const body = await answer.bytes(tokenBytesMax);
    if (answer.status !== 200) {
      throw new ImageError("registry-unauthorized", `${realm.host} answered ${answer.status} when asked for a token`, {
        place: { url: `${realm.origin}${realm.pathname}` },
      });
    }
    const { token, access_token } = object(parseJson(body, "token"), "token");
    const found = token ?? access_token;
    if (typeof found === "string" && found !== "") return found;
    throw new ImageError("registry-unauthorized", `${realm.host} answered without a token`);
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
