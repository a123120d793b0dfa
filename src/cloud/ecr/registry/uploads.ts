// Uploads of blobs: in one request, in a session of several, or by mounting a blob of another repository.

import { isDigest } from "../../../image/index.js";
import type { StreamedReply } from "../../http.js";
import { finishUpload } from "../content/finish-upload.js";
import type { Upload } from "../content/uploads.js";
import { isRepositoryName } from "../names.js";
import { RegistryError } from "./errors.js";
import { emptyReply, type RepositoryRequest } from "./request.js";

/** POST: mounts a blob, receives a whole one, or opens a session. */
export async function startUpload(request: RepositoryRequest): Promise<StreamedReply> {
  const { state, repository, query } = request;
  const mount = query.get("mount");
  if (mount !== null) {
    const from = query.get("from") ?? repository.name;
    if (isRepositoryName(from) && state.layers.mount({ ...repository, name: from }, repository, mount)) {
      return created(request, mount);
    }
  }
  const digest = query.get("digest");
  if (digest !== null) requireDigest(digest);
  const upload = await state.uploads.start(repository);
  if (digest === null) return accepted(upload, 202);
  return finish(request, upload, digest);
}

/** GET: the progress of a session. */
export async function uploadStatus(request: RepositoryRequest): Promise<StreamedReply> {
  return accepted(findUpload(request), 204);
}

/** PATCH: more bytes. */
export async function continueUpload(request: RepositoryRequest): Promise<StreamedReply> {
  const upload = idleUpload(request);
  requireOffset(upload, request.http.headers["content-range"]);
  await upload.append(request.http.stream);
  return accepted(upload, 202);
}

/** PUT: the remaining bytes, if any, and the digest of all. */
export async function completeUpload(request: RepositoryRequest): Promise<StreamedReply> {
  const upload = idleUpload(request);
  const digest = requireDigest(request.query.get("digest"));
  requireOffset(upload, request.http.headers["content-range"]);
  return finish(request, upload, digest);
}

/** DELETE: cancels a session. */
export async function cancelUpload(request: RepositoryRequest): Promise<StreamedReply> {
  await request.state.uploads.cancel(idleUpload(request));
  return emptyReply(204);
}

async function finish(request: RepositoryRequest, upload: Upload, digest: string): Promise<StreamedReply> {
  const found = await upload.complete(request.http.stream);
  const mismatch =
    found === digest
      ? undefined
      : new RegistryError("DIGEST_INVALID", `The uploaded bytes have the digest ${found}, expected ${digest}`);
  await finishUpload(request.state, upload, found, mismatch);
  return created(request, digest);
}

function findUpload({ state, repository, reference }: RepositoryRequest): Upload {
  const upload = state.uploads.find(reference, repository);
  if (!upload) throw new RegistryError("BLOB_UPLOAD_UNKNOWN", `The upload '${reference}' does not exist`);
  return upload;
}

function idleUpload(request: RepositoryRequest): Upload {
  const upload = findUpload(request);
  if (upload.busy) {
    throw new RegistryError("BLOB_UPLOAD_INVALID", `Another request is writing to the upload '${upload.id}'`);
  }
  return upload;
}

function requireDigest(digest: string | null): string {
  if (!isDigest(digest)) throw new RegistryError("DIGEST_INVALID", `Expected a sha256 digest, found '${digest ?? ""}'`);
  return digest;
}

/** A chunk with a Content-Range must begin where the last one ended. */
function requireOffset(upload: Upload, contentRange: string | undefined): void {
  if (contentRange === undefined) return;
  const first = /^(?:bytes[ =])?(\d+)-\d+/.exec(contentRange)?.[1];
  if (first === undefined || Number(first) !== upload.receivedBytes) {
    throw new RegistryError(
      "RANGE_INVALID",
      `Expected a chunk from byte ${upload.receivedBytes}, found ${contentRange}`,
      locationOf(upload),
    );
  }
}

const created = ({ repository }: RepositoryRequest, digest: string): StreamedReply =>
  emptyReply(201, { location: `/v2/${repository.name}/blobs/${digest}`, "docker-content-digest": digest });

const accepted = (upload: Upload, status: 202 | 204): StreamedReply => ({
  status,
  headers: locationOf(upload),
  body: "",
});

/**
 * Where to continue, and the received bytes. The range's end is the last byte, so "0-0" means no byte as well as one.
 */
const locationOf = ({ id, repository, receivedBytes }: Upload): Readonly<Record<string, string>> => ({
  location: `/v2/${repository.name}/blobs/uploads/${id}`,
  range: `0-${Math.max(0, receivedBytes - 1)}`,
  "docker-upload-uuid": id,
});
