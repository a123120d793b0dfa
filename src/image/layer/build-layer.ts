import { gzipSync } from "fflate";
import { bytesBlob } from "../blob.js";
import { digestOf } from "../digest.js";
import type { Layer } from "../image.js";
import { ociGzipLayerType } from "../media-types.js";
import { tarOf } from "../tar/write-tar.js";
import { sortedWithFolders } from "./entries.js";

export interface LayerFile {
  /** Without a leading slash: "var/task/function.cjs". */
  readonly path: string;
  readonly content: Uint8Array;
  readonly executable?: boolean;
}

/**
 * Larger layers are compressed with level 1: half the time of level 6 (0.6 s, not 1.3 s, for 32 MB) for a fifth more
 * bytes.
 */
const level6BytesMax = 4 << 20;

/**
 * A layer of files in memory, compressed with fflate: the same files give the same digest on every machine. The output
 * of Node's zlib depends on the processor and the Node version.
 */
export function buildLayer(files: readonly LayerFile[]): Layer {
  const tar = tarOf(
    sortedWithFolders(
      files.map(({ path, content, executable }) => ({
        entry: { type: "file", path, mode: executable ? 0o755 : 0o644 },
        content,
      })),
    ),
  );
  const gzipped = gzipSync(tar, { mtime: 0, level: tar.length <= level6BytesMax ? 6 : 1 });
  return { ...bytesBlob(gzipped, ociGzipLayerType), diffId: digestOf(tar) };
}
