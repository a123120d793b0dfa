// Tokens contain the account and region of the registry that they give access to, and their expiry. They are signed,
// not stored.

import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../base/index.js";
import type { AccountRegion } from "../service-interfaces.js";
import type { Collection, Store } from "../store/store.js";

/** ECR's authorization tokens are valid for 12 hours. */
export const tokenLifetimeMs = 12 * 60 * 60 * 1000;
/** ECR's download URLs of layers are valid for an hour. */
export const downloadLifetimeMs = 60 * 60 * 1000;
const secretBytes = 32;

/** The content of a token. */
interface Claims extends AccountRegion {
  readonly expiresMs: number;
  /** "repository@digest" for a token that gives access to one blob and nothing else. */
  readonly blob?: string;
}

export type CheckedToken =
  | { readonly status: "valid"; readonly accountRegion: AccountRegion }
  | { readonly status: "invalid" | "expired" };

export class Tokens {
  readonly #secrets: Collection<Uint8Array>;
  readonly #clock: Clock;
  readonly #random: (bytes: number) => Uint8Array;

  constructor(store: Store, clock: Clock, random: (bytes: number) => Uint8Array) {
    this.#secrets = store.collection("ecr-secrets");
    this.#clock = clock;
    this.#random = random;
  }

  /** A token for a whole registry, or for one blob ("repository@digest") of it. */
  issue({ account, region }: AccountRegion, lifetimeMs: number, blob?: string): { token: string; expiresMs: number } {
    const expiresMs = this.#clock.nowMs() + lifetimeMs;
    const claims: Claims = { account, region, expiresMs, ...(blob === undefined ? {} : { blob }) };
    const encoded = Buffer.from(JSON.stringify(claims)).toString("base64url");
    return { token: `${encoded}.${this.#sign(encoded).toString("base64url")}`, expiresMs };
  }

  /** Checks a token; `blob` is the requested blob, for a token that came in the URL of a blob. */
  verify(token: string, blob?: string): CheckedToken {
    const [encoded = "", signature = ""] = token.split(".");
    const found = Buffer.from(signature, "base64url");
    const expected = this.#sign(encoded);
    if (found.length !== expected.length || !timingSafeEqual(found, expected)) return { status: "invalid" };
    // The signature proves that `issue` created it.
    const claims = JSON.parse(Buffer.from(encoded, "base64url").toString()) as Claims;
    if (claims.blob !== blob) return { status: "invalid" };
    if (claims.expiresMs <= this.#clock.nowMs()) return { status: "expired" };
    return { status: "valid", accountRegion: { account: claims.account, region: claims.region } };
  }

  #sign(encoded: string): Buffer {
    return createHmac("sha256", this.#secret()).update(encoded).digest();
  }

  /** Created on first use and stored, so that tokens stay valid after a restart. */
  #secret(): Uint8Array {
    const stored = this.#secrets.get(["tokens"]);
    if (stored) return stored;
    const created = this.#random(secretBytes);
    this.#secrets.put(["tokens"], created);
    return created;
  }
}
