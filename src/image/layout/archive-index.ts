import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { posix } from "node:path";
import type { TepalError } from "../../base/index.js";
import { ImageError } from "../errors.js";
import { Extensions, extensionBytesMax, isExtension } from "../tar/extensions.js";
import { blockBytes, decodeHeader, isZeroBlock, paddedSize } from "../tar/header.js";

/** Where a file's content is in an archive. */
interface ArchivedFile {
  readonly offset: number;
  readonly size: number;
}

/** Image archives have a few files for each layer. */
const filesMax = 100_000;

/**
 * Finds the files of a tar file by reading its headers and skipping their content. Links are followed: old Docker
 * versions save a repeated layer as a link.
 * @throws ImageError "image-tar-..." with the byte offset
 */
export function indexArchive(path: string): Map<string, ArchivedFile> {
  const file = openSync(path, "r");
  try {
    const end = fstatSync(file).size;
    const files = new Map<string, ArchivedFile>();
    const links = new Map<string, string>();
    const extensions = new Extensions();
    const read = (offset: number, length: number) => {
      const bytes = Buffer.alloc(length);
      if (length > 0 && readSync(file, bytes, 0, length, offset) < length) throw cutShort(path, end);
      return bytes;
    };
    for (let offset = 0; offset < end; ) {
      const block = read(offset, blockBytes);
      if (isZeroBlock(block)) break;
      const header = decodeHeader(block, offset);
      const content = offset + blockBytes;
      if (isExtension(header)) {
        extensions.add(header.typeFlag, read(content, Math.min(header.size, extensionBytesMax)), offset);
        offset = content + paddedSize(header.size);
        continue;
      }
      const entry = extensions.apply(header, offset);
      const name = posix.normalize(entry.path);
      if (content + entry.size > end) throw cutShort(path, end);
      if (entry.type === "file") files.set(name, { offset: content, size: entry.size });
      if (entry.type === "symlink") links.set(name, posix.join(posix.dirname(name), entry.linkPath));
      if (entry.type === "hardlink") links.set(name, posix.normalize(entry.linkPath));
      if (files.size + links.size > filesMax) {
        throw new ImageError("image-limit", `${path} contains more than ${filesMax} files`, { place: { file: path } });
      }
      offset = content + paddedSize(entry.size);
    }
    for (const [name, target] of links) {
      const found = files.get(target) ?? files.get(links.get(target) ?? "");
      if (found) files.set(name, found);
    }
    return files;
  } finally {
    closeSync(file);
  }
}

function cutShort(path: string, end: number): TepalError {
  return new ImageError("image-tar-cut-short", `${path} ends at byte ${end}, inside an entry`, {
    place: { file: path, byte: end },
  });
}
