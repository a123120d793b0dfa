import { createReadStream } from "node:fs";
import type { StreamedReply } from "../../http.js";
import { imagesOf } from "../content/images.js";
import { blobsOf, parseManifest } from "../content/manifest.js";
import { RegistryError } from "./errors.js";
import { emptyReply, type RepositoryRequest } from "./request.js";

/** More than Node's 64 KiB: fewer turns of the event loop for a layer of 100 MB. */
const readBytesAtOnce = 256 * 1024;

/** GET and HEAD of a blob, whole or in part (RFC 9110, 14.2). */
export async function readBlob({ state, repository, reference, http }: RepositoryRequest): Promise<StreamedReply> {
  const size = state.layers.announce(repository, reference);
  const path = state.layers.path(repository, reference);
  if (size === undefined || path === undefined) throw blobUnknown(reference);
  const headers = {
    "content-type": "application/octet-stream",
    "docker-content-digest": reference,
    "accept-ranges": "bytes",
  };
  const { start, end, partial } = rangeOf(http.headers.range, size);
  const length = { "content-length": String(end - start + 1) };
  // createReadStream's `end` is the last byte, so it cannot express an empty range.
  const body =
    http.method === "HEAD" || end < start ? "" : createReadStream(path, { start, end, highWaterMark: readBytesAtOnce });
  return partial
    ? { status: 206, headers: { ...headers, ...length, "content-range": `bytes ${start}-${end}/${size}` }, body }
    : { status: 200, headers: { ...headers, ...length }, body };
}

/** DELETE of a blob that no image of the repository uses. */
export async function deleteBlob({ state, repository, reference }: RepositoryRequest): Promise<StreamedReply> {
  if (state.layers.size(repository, reference) === undefined) throw blobUnknown(reference);
  const user = imagesOf(state, repository).find(({ document }) =>
    blobsOf(parseManifest(document.manifest, document.mediaType)).includes(reference),
  );
  if (user) throw new RegistryError("UNSUPPORTED", `The layer ${reference} is part of the image ${user.digest}`);
  state.layers.release(repository, reference);
  return emptyReply(202, { "docker-content-digest": reference });
}

const blobUnknown = (digest: string): RegistryError =>
  new RegistryError("BLOB_UNKNOWN", `The layer with digest '${digest}' does not exist`);

/** First and last byte of a range; of the whole blob for any other header, which RFC 9110 lets a server ignore. */
function rangeOf(header: string | undefined, size: number): { start: number; end: number; partial: boolean } {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) {
    return { start: 0, end: size - 1, partial: false };
  }
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end) {
    throw new RegistryError("RANGE_INVALID", `The range ${header} is outside the ${size} bytes of the layer`, {
      "content-range": `bytes */${size}`,
    });
  }
  return { start, end, partial: true };
}
