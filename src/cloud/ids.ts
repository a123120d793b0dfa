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
