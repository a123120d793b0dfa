// The ZIP archive of a skops file, and the .npz of scipy's matrices in it.

import { unzipSync } from "fflate";
import { TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { printable } from "../pickle/text.js";

/** Bytes of all files together, and how many files there are. */
const contentBytesMax = 1 << 30;
const filesMax = 1_000_000;

/** A file may be packed at most so well, from so many bytes on: a bomb is packed a thousandfold. */
const packedMax = 200;
const packedBytesFree = 1 << 24;

/** The files of an archive by their names. @throws ModelError "skops-broken", "model-too-large" */
export function readArchive(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  let total = 0;
  let count = 0;
  const max = Math.min(contentBytesMax, Math.max(packedBytesFree, bytes.length * packedMax));
  try {
    const files = unzipSync(bytes, {
      // What a file says of its size is all the memory that it gets.
      filter({ name, originalSize }) {
        total += originalSize;
        if (total > max || ++count > filesMax) {
          throw new ModelError("model-too-large", `The file unpacks to more than ${max} bytes or ${filesMax} files`);
        }
        if (/[/\\]|\.\./.test(name)) throw broken(`it contains a path, "${printable(name, 60)}"`);
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch (cause) {
    if (cause instanceof TepalError) throw cause;
    throw new ModelError("skops-broken", "skops file: it is not a ZIP archive that can be unpacked", { cause });
  }
}

export function broken(message: string): TepalError {
  return new ModelError("skops-broken", `skops file: ${message}`);
}
