// tar archives, as SageMaker keeps models (model.tar.gz): POSIX pax (IEEE Std 1003.1), with GNU tar's long names.

import { ModelError } from "../errors.js";

/** tar's unit of headers and contents. */
const blockBytes = 512;
/** Files of one archive: a model's have a few. */
const filesMax = 100_000;
/** A name by a pax header or GNU's long name: Linux's PATH_MAX. */
const nameBytesMax = 4096;

const magicOffset = 257;

/** Whether bytes begin with the header of a tar archive. */
export function looksLikeTar(bytes: Uint8Array): boolean {
  return bytes.length >= blockBytes && textOf(bytes.subarray(magicOffset, magicOffset + 5)) === "ustar";
}

/** The regular files of an archive by their names, as views of its bytes. @throws ModelError "model-damaged" */
export function untar(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let longName: string | undefined;
  let headers = 0;
  for (let at = 0; at + blockBytes <= bytes.length; ) {
    const header = bytes.subarray(at, at + blockBytes);
    if (header.every((byte) => byte === 0)) break;
    if (++headers > filesMax) throw damaged(`it has more than ${filesMax} files`);
    const size = sizeOf(header, at);
    const start = at + blockBytes;
    if (start + size > bytes.length)
      throw damaged(`a file of ${size} bytes at byte ${at} does not fit into the archive`);
    const content = bytes.subarray(start, start + size);
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === "x" || type === "L") {
      if (size > nameBytesMax) throw damaged(`a header of ${size} bytes at byte ${at}`);
      longName = type === "L" ? textOf(content) : (paxPath(textOf(content)) ?? longName);
    } else {
      if (type === "0" || type === "\0") files.set((longName ?? nameOf(header)).replace(/^(\.\/)+/, ""), content);
      longName = undefined;
    }
    at = start + Math.ceil(size / blockBytes) * blockBytes;
  }
  return files;
}

function nameOf(header: Uint8Array): string {
  const name = textOf(header.subarray(0, 100));
  const prefix = textOf(header.subarray(345, 500));
  return prefix === "" ? name : `${prefix}/${name}`;
}

function sizeOf(header: Uint8Array, at: number): number {
  const text = textOf(header.subarray(124, 136)).trim();
  if (!/^[0-7]{1,11}$/.test(text)) throw damaged(`the size of the file at byte ${at} is not an octal number`);
  return Number.parseInt(text, 8);
}

/** "27 path=very/long/name\n" */
function paxPath(records: string): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)/.exec(records)?.[1];
}

/** Up to the first NUL. */
function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function damaged(message: string): ModelError {
  return new ModelError("model-damaged", `tar archive: ${message}`);
}
