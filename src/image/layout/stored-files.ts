import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { documentBytesMax } from "../blob.js";
import { compressionOf } from "../decompress.js";
import { ImageError } from "../errors.js";
import { indexArchive } from "./archive-index.js";

/** Where the content of one file of an image lies. */
export interface StoredFile {
  readonly path: string;
  readonly offset: number;
  readonly size: number;
}

/** The files of a stored image, in a folder or in an archive. */
export interface StoredFiles {
  readonly path: string;
  find(name: string): StoredFile | undefined;
}

/** @throws ImageError "image-unreadable", "image-tar-..." */
export function openStored(path: string): StoredFiles {
  if (!existsSync(path)) {
    throw new ImageError("image-unreadable", `There is no file or folder ${path}`, { place: { file: path } });
  }
  if (statSync(path).isDirectory()) {
    return {
      path,
      find: (name) => {
        // Names come from documents of strangers.
        if (name.split("/").includes("..")) return undefined;
        const size = statSync(join(path, name), { throwIfNoEntry: false })?.size;
        return size === undefined ? undefined : { path: join(path, name), offset: 0, size };
      },
    };
  }
  refuseCompressed(path);
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
      `A document of ${path} has ${size} bytes, at most ${documentBytesMax} are read`,
    );
  }
  return readPart(path, offset, size);
}

/** Files are found by their place in the archive, which compression hides. */
function refuseCompressed(path: string): void {
  const compression = compressionOf(readPart(path, 0, 4));
  if (compression === "none") return;
  throw new ImageError("image-unreadable", `${path} is compressed as a whole with ${compression}`, {
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
