import { ImageError } from "../errors.js";
import type { EntryType, RawHeader } from "./header.js";

/** An entry of a tar file with its extension headers applied. */
export interface TarEntry {
  readonly type: EntryType;
  readonly path: string;
  /** Target of a symbolic or hard link, else "". */
  readonly linkPath: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes of content; 0 for all but files. */
  readonly size: number;
  /** Seconds since 1970, with fractions. */
  readonly mtime: number;
}

/** More than a path of Linux (4,096 bytes) and other records need; bounds the memory for a hostile header. */
export const extensionBytesMax = 1 << 20;

const entryTypes: ReadonlyMap<string, EntryType> = new Map([
  ["0", "file"],
  ["\0", "file"],
  ["7", "file"],
  ["1", "hardlink"],
  ["2", "symlink"],
  ["3", "character"],
  ["4", "block"],
  ["5", "directory"],
  ["6", "fifo"],
]);

/** Type flags of headers for the next entry (g: for all following entries). */
const extensionFlags = new Set(["x", "g", "L", "K"]);

export function isExtension({ typeFlag }: RawHeader): boolean {
  return extensionFlags.has(typeFlag);
}

/** Collects extension headers and applies them to the next entry. */
export class Extensions {
  #global: Readonly<Record<string, string>> = {};
  #next: Readonly<Record<string, string>> = {};

  /** Adds the content of an extension header. */
  add(typeFlag: string, content: Uint8Array, position: number): void {
    if (typeFlag === "g") this.#global = { ...this.#global, ...parsePax(content, position) };
    else if (typeFlag === "x") this.#next = { ...this.#next, ...parsePax(content, position) };
    else this.#next = { ...this.#next, [typeFlag === "L" ? "path" : "linkpath"]: untilNul(content) };
  }

  /**
   * The entry that `header` and the extensions before it describe. Sizes must be known before the content is read.
   * @throws ImageError "image-tar-unsupported" for sparse files and unknown types
   */
  apply(header: RawHeader, position: number): TarEntry {
    const records = { ...this.#global, ...this.#next };
    this.#next = {};
    const unsupported = (fault: string) =>
      new ImageError("image-tar-unsupported", fault, { place: { byte: position } });
    const path = records.path ?? header.path;
    const sparse = header.typeFlag === "S" || Object.keys(records).some((key) => key.startsWith("GNU.sparse."));
    if (sparse) throw unsupported(`"${path}" is stored as a sparse file`);
    const listed = entryTypes.get(header.typeFlag);
    if (!listed) throw unsupported(`"${path}" has the unknown tar type "${header.typeFlag}"`);
    // Before POSIX a directory was a file whose name ended in a slash.
    const type = listed === "file" && path.endsWith("/") ? "directory" : listed;
    const number = (key: string, otherwise: number) => {
      const text = records[key];
      if (text === undefined) return otherwise;
      const value = Number(text);
      if (text.trim() === "" || !Number.isFinite(value)) {
        throw new ImageError("image-tar-invalid", `The pax record ${key} is "${text}", expected a number`, {
          place: { byte: position },
        });
      }
      return value;
    };
    const size = number("size", header.size);
    if (!Number.isSafeInteger(size) || size < 0) throw unsupported(`"${path}" has a size of ${size} bytes`);
    return {
      type,
      path,
      linkPath: records.linkpath ?? header.linkPath,
      mode: header.mode,
      uid: number("uid", header.uid),
      gid: number("gid", header.gid),
      size: type === "file" ? size : 0,
      mtime: number("mtime", header.mtime),
    };
  }
}

/** Pax records: `LENGTH KEY=VALUE\n`, where LENGTH counts the whole record. */
function parsePax(content: Uint8Array, position: number): Record<string, string> {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
  const records: Record<string, string> = {};
  let offset = 0;
  while (offset < bytes.length) {
    const space = bytes.indexOf(0x20, offset);
    const digits = bytes.toString("latin1", offset, space < 0 ? offset : space);
    const length = /^\d{1,7}$/.test(digits) ? Number(digits) : 0;
    const record = bytes.subarray(space + 1, offset + length);
    const equals = record.indexOf(0x3d);
    if (offset + length > bytes.length || equals < 1 || record.at(-1) !== 0x0a) {
      throw new ImageError("image-tar-invalid", `The pax header at byte ${position} has a broken record at ${offset}`, {
        place: { byte: position },
      });
    }
    const value = record.toString("utf8", equals + 1, record.length - 1);
    records[record.toString("utf8", 0, equals)] = value;
    offset += length;
  }
  return records;
}

function untilNul(content: Uint8Array): string {
  const end = content.indexOf(0);
  return Buffer.from(content.subarray(0, end < 0 ? content.length : end)).toString("utf8");
}
