import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { documentBytesMax } from "../blob.js";
import { compressionOf } from "../decompress.js";
import { ImageError } from "../errors.js";
import { indexArchive } from "./archive-index.js";

/** Where a file of a stored image is. */
export interface StoredFile {
  readonly path: string;
  readonly offset: number;
  readonly size: number;
}

/** The files of a stored image, in a directory or an archive. */
export interface StoredFiles {
  readonly path: string;
  find(name: string): StoredFile | undefined;
}

/** @throws ImageError "image-unreadable", "image-tar-..." */
export function openStored(path: string): StoredFiles {
  if (!existsSync(path)) {
    throw new ImageError("image-unreadable", `File or directory not found: ${path}`, { place: { file: path } });
  }
  if (statSync(path).isDirectory()) {
    return {
      path,
      find: (name) => {
        // Names come from untrusted documents.
        if (name.split("/").includes("..")) return undefined;
        const size = statSync(join(path, name), { throwIfNoEntry: false })?.size;
        return size === undefined ? undefined : { path: join(path, name), offset: 0, size };
      },
    };
  }
  rejectCompressed(path);
  const archived = indexArchive(path);
  return {
    path,
    find: (name) => {
      const found = archived.get(name);
      return found && { path, ...found };
    },
  };
}

/** The bytes of a document. @throws ImageError "image-document-too-large" */
export function readStored({ path, offset, size }: StoredFile): Uint8Array {
  if (size > documentBytesMax) {
    throw new ImageError(
      "image-document-too-large",
      `A document of ${path} has ${size} bytes, the limit is ${documentBytesMax}`,
    );
  }
  return readPart(path, offset, size);
}

/** Files are found by their offset in the archive, which needs an uncompressed archive. */
function rejectCompressed(path: string): void {
  const compression = compressionOf(readPart(path, 0, 4));
  if (compression === "none") return;
  throw new ImageError("image-unreadable", `${path} is compressed with ${compression}`, {
    place: { file: path },
    hint: `Decompress it first: ${compression === "gzip" ? "gunzip" : "unzstd"} ${path}`,
  });
}

function readPart(path: string, offset: number, size: number): Uint8Array {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(size);
    return bytes.subarray(0, readSync(file, bytes, 0, size, offset));
  } finally {
    closeSync(file);
  }
}
