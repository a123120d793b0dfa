// Random bytes, identifiers and strings, from a generator that is a parameter.

/**
 * A call of the system's generator costs more than everything else about an id, so one call serves several hundred ids.
 */
const poolBytes = 8192;

/** Random bytes from `fill`, which is called for batches. Each byte is returned once. */
export function pooledRandom(fill: (bytes: number) => Uint8Array): (bytes: number) => Uint8Array {
  let pool: Uint8Array = new Uint8Array(0);
  let used = 0;
  return function random(bytes) {
    if (bytes > poolBytes) return fill(bytes);
    if (used + bytes > pool.length) {
      pool = fill(poolBytes);
      used = 0;
    }
    used += bytes;
    return pool.subarray(used - bytes, used);
  };
}

/** A random UUID (version 4), from 16 random bytes. */
export function uuid(random: (bytes: number) => Uint8Array): string {
  const bytes = Buffer.from(random(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** `length` random characters of an alphabet of at most 256. */
export function randomString(random: (bytes: number) => Uint8Array, alphabet: string, length: number): string {
  // Each character is drawn from four bytes, so that no character of the alphabet is noticeably likelier than another.
  const bytes = Buffer.from(random(length * 4));
  return Array.from({ length }, (_, index) => alphabet[bytes.readUInt32LE(index * 4) % alphabet.length]).join("");
}
