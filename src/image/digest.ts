import { createHash } from "node:crypto";
import { ImageError } from "./errors.js";

declare const digestBrand: unique symbol;

/** `sha256:` and 64 lower-case hex digits. Created only by `parseDigest` and `Hasher`. */
export type Digest = string & { readonly [digestBrand]: true };

const digestPattern = /^sha256:[0-9a-f]{64}$/;

export function isDigest(text: unknown): text is Digest {
  return typeof text === "string" && digestPattern.test(text);
}

/** @throws ImageError "image-digest-invalid" */
export function parseDigest(text: unknown): Digest {
  if (isDigest(text)) return text;
  throw new ImageError("image-digest-invalid", `Expected sha256: and 64 hex digits, found ${JSON.stringify(text)}`);
}

/** The 64 hex digits: file names in image stores. */
export function hexOf(digest: Digest): string {
  return digest.slice("sha256:".length);
}

export function digestOf(bytes: Uint8Array): Digest {
  return new Hasher().update(bytes).digest();
}

/** Computes the digest of bytes in chunks. */
export class Hasher {
  readonly #hash = createHash("sha256");
  #size = 0;

  update(bytes: Uint8Array): this {
    this.#hash.update(bytes);
    this.#size += bytes.length;
    return this;
  }

  /** Bytes so far. */
  get size(): number {
    return this.#size;
  }

  /** The digest. `update` must not be called afterwards. */
  digest(): Digest {
    return parseDigest(`sha256:${this.#hash.digest("hex")}`);
  }
}
