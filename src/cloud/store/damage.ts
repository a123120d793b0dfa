import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";
import { Cursor, type TepalError } from "../../base/index.js";
import { CloudError } from "../errors.js";

// LMDB maps its file and trusts it: with a file in another format, or a truncated one, the process crashes. So the
// head of the file is checked first: two meta pages, of which the one with the higher transaction is current.
//   page header: 24 bytes · magic u32 · version u32 · address u64 · map size u64 · two databases · last page u64
//                · transaction u64
//   a database:  page size u32 · flags and depth u32 · branch, leaf, overflow pages u64 · entries u64 · root u64

const headBytes = 24;
const metaBytes = 152;
const magic = 0xbeefc0de;
const dataVersion = 2;
const noPage = 0xffff_ffff_ffff_ffffn;
const pageBytesMin = 512;
const pageBytesMax = 65_536;

/** @throws CloudError "store-damaged" */
export function checkFile(path: string): void {
  if (!existsSync(path)) return;
  const file = openSync(path, "r");
  try {
    const size = fstatSync(file).size;
    // Created, but never written to: LMDB initializes it.
    if (size === 0) return;
    const first = readMeta(file, 0, path);
    const second = readMeta(file, first.pageBytes, path);
    const latest = first.transaction > second.transaction ? first : second;
    for (const root of latest.roots) {
      if (root !== noPage && (root + 1n) * BigInt(latest.pageBytes) > BigInt(size))
        throw damaged(path, size, `ends at byte ${size}, before its page ${root}`);
    }
  } finally {
    closeSync(file);
  }
}

interface Meta {
  readonly pageBytes: number;
  readonly roots: readonly bigint[];
  readonly transaction: bigint;
}

function readMeta(file: number, position: number, path: string): Meta {
  const bytes = new Uint8Array(metaBytes + headBytes);
  const length = readSync(file, bytes, 0, bytes.length, position);
  if (length < bytes.length) throw damaged(path, position, "ends within its first two pages");
  const cursor = new Cursor(bytes, headBytes);
  if (cursor.uint32("magic") !== magic || cursor.uint32("version") !== dataVersion)
    throw damaged(path, position, "does not begin with the header of a store");
  cursor.advance(16, "address and map size");
  const [free, main] = [readDatabase(cursor), readDatabase(cursor)];
  cursor.advance(8, "last page");
  if (!(free.pageBytes >= pageBytesMin && free.pageBytes <= pageBytesMax))
    throw damaged(path, position, `has pages of ${free.pageBytes} bytes`);
  return { pageBytes: free.pageBytes, roots: [free.root, main.root], transaction: cursor.uint64("transaction") };
}

function readDatabase(cursor: Cursor): { pageBytes: number; root: bigint } {
  const pageBytes = cursor.uint32("page size");
  cursor.advance(36, "counts");
  return { pageBytes, root: cursor.uint64("root") };
}

function damaged(path: string, byte: number, what: string): TepalError {
  return new CloudError("store-damaged", `${path} ${what}`, { place: { file: path, byte } });
}
