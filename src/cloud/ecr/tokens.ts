// Tokens say which account's registry of which region they open, and until when. They are signed, not remembered.

import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../base/index.js";
import type { Place } from "../service-interfaces.js";
import type { Collection, Store } from "../store/store.js";

/** ECR's authorization tokens are valid for 12 hours. */
export const tokenLifetimeMs = 12 * 60 * 60 * 1000;
/** An address of a layer is used at once; ECR's are valid for an hour. */
export const downloadLifetimeMs = 60 * 60 * 1000;
const secretBytes = 32;

/** What a token says. */
interface Claims extends Place {
  readonly expiresMs: number;
  /** "repository@digest" for a token that opens one blob and nothing else. */
  readonly blob?: string;
}

export type Verdict = { readonly verdict: "valid"; readonly place: Place } | { readonly verdict: "wrong" | "expired" };

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
  issue({ account, region }: Place, lifetimeMs: number, blob?: string): { token: string; expiresMs: number } {
    const expiresMs = this.#clock.nowMs() + lifetimeMs;
    const claims: Claims = { account, region, expiresMs, ...(blob === undefined ? {} : { blob }) };
    const said = Buffer.from(JSON.stringify(claims)).toString("base64url");
    return { token: `${said}.${this.#sign(said).toString("base64url")}`, expiresMs };
  }

  /** Judges a token; `blob` is what it is shown for, when it came in the address of a blob. */
  verify(token: string, blob?: string): Verdict {
    const [said = "", signature = ""] = token.split(".");
    const given = Buffer.from(signature, "base64url");
    const right = this.#sign(said);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return { verdict: "wrong" };
    // The signature says that we wrote it.
    const claims = JSON.parse(Buffer.from(said, "base64url").toString()) as Claims;
    if (claims.blob !== blob) return { verdict: "wrong" };
    if (claims.expiresMs <= this.#clock.nowMs()) return { verdict: "expired" };
    return { verdict: "valid", place: { account: claims.account, region: claims.region } };
  }

  #sign(said: string): Buffer {
    return createHmac("sha256", this.#secret()).update(said).digest();
  }

  /** Made when it is first needed, and kept: tokens outlive a restart. */
  #secret(): Uint8Array {
    const kept = this.#secrets.get(["tokens"]);
    if (kept) return kept;
    const made = this.#random(secretBytes);
    this.#secrets.put(["tokens"], made);
    return made;
  }
}
