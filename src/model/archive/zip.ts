// ZIP archives: of skops, of numpy (.npz), and of people who compress a model file.

import { unzipSync } from "fflate";
import { TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";

/** Bytes of all files together, and how many files there are. */
const contentBytesMax = 1 << 30;
const filesMax = 1_000_000;

/** A file may be packed at most so well, from so many bytes on: a bomb is packed a thousandfold. */
const packedMax = 200;
const packedBytesFree = 1 << 24;

/** A ZIP archive that cannot be unpacked. */
export const zipDamaged = "it is not a ZIP archive that can be unpacked";

/**
 * The files of an archive by their names, without directories.
 * @param accept whether a file is unpacked; called before anything of it is. It may throw.
 * @throws ModelError "model-damaged", "model-too-large"
 */
export function unzip(bytes: Uint8Array, accept: (name: string) => boolean): ReadonlyMap<string, Uint8Array> {
  let total = 0;
  let count = 0;
  const max = Math.min(contentBytesMax, Math.max(packedBytesFree, bytes.length * packedMax));
  try {
    const files = unzipSync(bytes, {
      // What a file says of its size is all the memory that it gets.
      filter({ name, originalSize }) {
        if (++count > filesMax) throw tooLarge(max);
        if (name.endsWith("/") || !accept(name)) return false;
        total += originalSize;
        if (total > max) throw tooLarge(max);
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch (cause) {
    if (cause instanceof TepalError) throw cause;
    throw new ModelError("model-damaged", `ZIP archive: ${zipDamaged}`, { cause });
  }
}

function tooLarge(max: number): ModelError {
  return new ModelError("model-too-large", `The file unpacks to more than ${max} bytes or ${filesMax} files`);
}

/** The names of an archive's files. Nothing is unpacked. @throws ModelError "model-damaged", "model-too-large" */
export function zipNames(bytes: Uint8Array): readonly string[] {
  const names: string[] = [];
  unzip(bytes, (name) => {
    names.push(name);
    return false;
  });
  return names;
}
