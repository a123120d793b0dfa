import { blockBytes, type EntryType, encodeHeader, paddedSize, type RawHeader } from "./header.js";

/** An entry to write. Owner and times are always zero: the same entries give the same bytes on every machine. */
export interface NewEntry {
  readonly type: EntryType;
  readonly path: string;
  readonly mode: number;
  /** Bytes of content; files only. */
  readonly size?: number;
  /** Symbolic and hard links only. */
  readonly linkPath?: string;
}

const typeFlags: Readonly<Record<EntryType, string>> = {
  file: "0",
  hardlink: "1",
  symlink: "2",
  character: "3",
  block: "4",
  directory: "5",
  fifo: "6",
};

/** Two zero blocks. */
export const tarEnd = Buffer.alloc(2 * blockBytes);

/** The header of an entry, preceded by a pax header if a value exceeds ustar's fields. */
export function tarHeader({ type, path, mode, size = 0, linkPath = "" }: NewEntry): Buffer {
  const header: RawHeader = { path, linkPath, typeFlag: typeFlags[type], mode, uid: 0, gid: 0, size, mtime: 0 };
  const plain = encodeHeader(header);
  if (plain) return plain;
  const records = Buffer.concat([
    paxRecord("path", path),
    paxRecord("linkpath", linkPath),
    paxRecord("size", `${size}`),
  ]);
  // These names are for readers without pax support.
  const extension = { ...header, path: "PaxHeader", linkPath: "", typeFlag: "x", mode: 0o644, size: records.length };
  const shortened = { ...header, path: "long", linkPath: "", size: size < 8 ** 11 ? size : 0 };
  return Buffer.concat([required(extension), records, tarPadding(records.length), required(shortened)]);
}

/** The padding after `size` bytes of content. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc(paddedSize(size) - size);
}

/** A tar file in memory. */
export function tarOf(entries: readonly { readonly entry: NewEntry; readonly content?: Uint8Array }[]): Buffer {
  const blocks: Uint8Array[] = [];
  for (const { entry, content = new Uint8Array(0) } of entries) {
    blocks.push(tarHeader({ ...entry, size: content.length }), content, tarPadding(content.length));
  }
  return Buffer.concat([...blocks, tarEnd]);
}

/** `LENGTH KEY=VALUE\n`; LENGTH counts itself. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + String(rest).length;
  if (rest + String(length).length > length) length++;
  return value === "" ? Buffer.alloc(0) : Buffer.from(`${length} ${key}=${value}\n`);
}

function required(header: RawHeader): Buffer {
  const block = encodeHeader(header);
  if (!block) throw new RangeError(`A tar header cannot hold mode ${header.mode} and size ${header.size}`);
  return block;
}
