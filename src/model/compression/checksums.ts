// The checksums at the end of compressed data.

const adlerModulus = 65521;
/** The number of sums that cannot exceed 2^32 before the remainder is computed. */
const adlerRun = 3800;

/** zlib's. */
export function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let start = 0; start < bytes.length; start += adlerRun) {
    const end = Math.min(start + adlerRun, bytes.length);
    for (let at = start; at < end; at++) {
      a += bytes[at]!;
      b += a;
    }
    a %= adlerModulus;
    b %= adlerModulus;
  }
  return b * 65536 + a;
}

/** gzip's and xz's: the remainder by the reversed polynomial 0xedb88320. */
export function crc32(bytes: Uint8Array): number {
  crcTable ??= tableOf((byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
    return crc;
  });
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at++) crc = crcTable[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

let crcTable: Uint32Array | undefined;

/** bzip2's: gzip's polynomial, not reversed. */
export function bzip2Crc(bytes: Uint8Array): number {
  bzip2Table ??= tableOf((byte) => {
    let crc = byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? 0x04c11db7 ^ (crc << 1) : crc << 1;
    return crc;
  });
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at++) crc = bzip2Table[((crc >>> 24) ^ bytes[at]!) & 0xff]! ^ (crc << 8);
  return (crc ^ 0xffffffff) >>> 0;
}

let bzip2Table: Uint32Array | undefined;

/**
 * xz's default: the remainder by the reversed polynomial 0xc96c5795d7870f42, in halves: bigints would take minutes for
 * a large model.
 */
export function crc64(bytes: Uint8Array): bigint {
  crc64Tables ??= makeCrc64Tables();
  const { lows, highs } = crc64Tables;
  let low = 0xffffffff;
  let high = 0xffffffff;
  for (let at = 0; at < bytes.length; at++) {
    const byte = (low ^ bytes[at]!) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ lows[byte]!;
    high = (high >>> 8) ^ highs[byte]!;
  }
  return (BigInt(~high >>> 0) << 32n) | BigInt(~low >>> 0);
}

let crc64Tables: { readonly lows: Uint32Array; readonly highs: Uint32Array } | undefined;

function makeCrc64Tables() {
  const remainders = Array.from({ length: 256 }, (_, byte) => {
    let crc = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? 0xc96c5795d7870f42n ^ (crc >> 1n) : crc >> 1n;
    return crc;
  });
  return {
    lows: Uint32Array.from(remainders, (crc) => Number(crc & 0xffffffffn)),
    highs: Uint32Array.from(remainders, (crc) => Number(crc >> 32n)),
  };
}

function tableOf(remainder: (byte: number) => number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => remainder(byte));
}
