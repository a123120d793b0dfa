// One 512-byte tar header: POSIX ustar (IEEE 1003.1 pax, "ustar Interchange Format") with GNU's base-256 numbers.

import { ImageError } from "../errors.js";

export const blockBytes = 512;

/** The type of an entry. */
export type EntryType = "file" | "hardlink" | "symlink" | "character" | "block" | "directory" | "fifo";

/** A header before long names and pax records are applied. */
export interface RawHeader {
  readonly path: string;
  readonly linkPath: string;
  readonly typeFlag: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes of content that follow, before padding. */
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
}

/** Field: [offset, length]. */
const fields = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  typeFlag: [156, 1],
  linkName: [157, 100],
  magic: [257, 8],
  prefix: [345, 155],
} as const satisfies Record<string, readonly [number, number]>;

type Field = keyof typeof fields;

const posixMagic = "ustar\x0000";

/** Bytes of content rounded up to whole blocks. */
export function paddedSize(size: number): number {
  return Math.ceil(size / blockBytes) * blockBytes;
}

/** Whether the block is one of the zero blocks that end an archive. */
export function isZeroBlock(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/** @throws ImageError "image-tar-invalid" with the header's position */
export function decodeHeader(block: Uint8Array, position: number): RawHeader {
  const bytes = Buffer.from(block.buffer, block.byteOffset, blockBytes);
  const invalid = (fault: string) => new ImageError("image-tar-invalid", fault, { place: { byte: position } });
  const number = (field: Field): number => {
    const value = readNumber(slice(bytes, field));
    if (value === undefined) throw invalid(`The ${field} of the tar header at byte ${position} is not a number`);
    return value;
  };
  if (number("checksum") !== checksumOf(bytes)) {
    throw invalid(`Expected a tar header at byte ${position}: wrong checksum`);
  }
  const size = number("size");
  if (size < 0) throw invalid(`The tar header at byte ${position} has a size of ${size} bytes`);
  const magic = slice(bytes, "magic").toString("latin1");
  const prefix = magic === posixMagic ? readText(slice(bytes, "prefix")) : "";
  const name = readText(slice(bytes, "name"));
  return {
    path: prefix ? `${prefix}/${name}` : name,
    linkPath: readText(slice(bytes, "linkName")),
    typeFlag: slice(bytes, "typeFlag").toString("latin1"),
    mode: number("mode"),
    uid: number("uid"),
    gid: number("gid"),
    size,
    mtime: number("mtime"),
  };
}

/** A header block; undefined if a value needs a pax record. */
export function encodeHeader(header: RawHeader): Buffer | undefined {
  const block = Buffer.alloc(blockBytes);
  const put = (field: Field, text: string) => {
    const encoded = Buffer.from(text, "utf8");
    const [offset, length] = fields[field];
    encoded.copy(block, offset);
    return encoded.length <= length;
  };
  const octal = (field: Field, value: number) => {
    const width = fields[field][1] - 1;
    return put(field, value.toString(8).padStart(width, "0").slice(-width)) && value < 8 ** width;
  };
  const fits =
    put("name", header.path) &&
    put("linkName", header.linkPath) &&
    octal("mode", header.mode) &&
    octal("uid", header.uid) &&
    octal("gid", header.gid) &&
    octal("size", header.size) &&
    octal("mtime", header.mtime);
  if (!fits) return undefined;
  put("typeFlag", header.typeFlag);
  put("magic", posixMagic);
  put("checksum", `${checksumOf(block).toString(8).padStart(6, "0")}\0 `);
  return block;
}

function slice(block: Buffer, field: Field): Buffer {
  const [offset, length] = fields[field];
  return block.subarray(offset, offset + length);
}

function readText(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString("utf8", 0, end < 0 ? bytes.length : end);
}

/** Octal digits, or GNU's base 256 if the top bit is set; undefined if it is neither or exceeds 2^53. */
function readNumber(bytes: Buffer): number | undefined {
  const first = bytes[0]!;
  if (first & 0x80) {
    // Two's complement below the top bit: times before 1970 are negative.
    let value = (first & 0x7f) - (first & 0x40 ? 0x80 : 0);
    for (const byte of bytes.subarray(1)) value = value * 256 + byte;
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const text = readText(bytes).trim();
  if (text === "") return 0;
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

/** The sum of all bytes, with spaces for the checksum field itself. */
function checksumOf(block: Buffer): number {
  const [offset, length] = fields.checksum;
  let sum = 32 * length;
  for (let i = 0; i < blockBytes; i++) if (i < offset || i >= offset + length) sum += block[i]!;
  return sum;
}
