// Uploads of blobs: in one request, in a session of several, or not at all because another repository has the blob.

import { isDigest } from "../../../image/index.js";
import type { StreamedReply } from "../../http.js";
import { keepUpload } from "../content/finish-upload.js";
import type { Upload } from "../content/uploads.js";
import { isRepositoryName } from "../names.js";
import { RegistryError } from "./errors.js";
import { emptyReply, type RepositoryVisit } from "./visit.js";

/** POST: mounts a blob, takes it whole, or opens a session. */
export async function startUpload(visit: RepositoryVisit): Promise<StreamedReply> {
  const { state, repository, query } = visit;
  const mount = query.get("mount");
  if (mount !== null) {
    const from = query.get("from") ?? repository.name;
    if (isRepositoryName(from) && state.layers.mount({ ...repository, name: from }, repository, mount)) {
      return created(visit, mount);
    }
  }
  const digest = query.get("digest");
  if (digest !== null) requireDigest(digest);
  const upload = await state.uploads.start(repository);
  if (digest === null) return accepted(upload, 202);
  return finish(visit, upload, digest);
}

/** GET: how far a session has come. */
export async function uploadStatus(visit: RepositoryVisit): Promise<StreamedReply> {
  return accepted(findUpload(visit), 204);
}

/** PATCH: more bytes. */
export async function continueUpload(visit: RepositoryVisit): Promise<StreamedReply> {
  const upload = idleUpload(visit);
  requirePlace(upload, visit.request.headers["content-range"]);
  await upload.append(visit.request.stream);
  return accepted(upload, 202);
}

/** PUT: the last bytes, if any are left, and the digest of all. */
export async function completeUpload(visit: RepositoryVisit): Promise<StreamedReply> {
  const upload = idleUpload(visit);
  const digest = requireDigest(visit.query.get("digest"));
  requirePlace(upload, visit.request.headers["content-range"]);
  return finish(visit, upload, digest);
}

/** DELETE: gives a session up. */
export async function cancelUpload(visit: RepositoryVisit): Promise<StreamedReply> {
  await visit.state.uploads.cancel(idleUpload(visit));
  return emptyReply(204);
}

async function finish(visit: RepositoryVisit, upload: Upload, digest: string): Promise<StreamedReply> {
  const found = await upload.complete(visit.request.stream);
  const objection =
    found === digest
      ? undefined
      : new RegistryError("DIGEST_INVALID", `The uploaded bytes have the digest ${found}, announced was ${digest}`);
  await keepUpload(visit.state, upload, found, objection);
  return created(visit, digest);
}

function findUpload({ state, repository, reference }: RepositoryVisit): Upload {
  const upload = state.uploads.find(reference, repository);
  if (!upload) throw new RegistryError("BLOB_UPLOAD_UNKNOWN", `The upload '${reference}' does not exist`);
  return upload;
}

function idleUpload(visit: RepositoryVisit): Upload {
  const upload = findUpload(visit);
  if (upload.busy) {
    throw new RegistryError("BLOB_UPLOAD_INVALID", `Another request is writing to the upload '${upload.id}'`);
  }
  return upload;
}

function requireDigest(digest: string | null): string {
  if (!isDigest(digest)) throw new RegistryError("DIGEST_INVALID", `Expected a sha256 digest, found '${digest ?? ""}'`);
  return digest;
}

/** A chunk that says where it belongs must begin where the last one ended. */
function requirePlace(upload: Upload, contentRange: string | undefined): void {
  if (contentRange === undefined) return;
  const first = /^(?:bytes[ =])?(\d+)-\d+/.exec(contentRange)?.[1];
  if (first === undefined || Number(first) !== upload.receivedBytes) {
    throw new RegistryError(
      "RANGE_INVALID",
      `Expected a chunk from byte ${upload.receivedBytes}, found ${contentRange}`,
      addressOf(upload),
    );
  }
}

const created = ({ repository }: RepositoryVisit, digest: string): StreamedReply =>
  emptyReply(201, { location: `/v2/${repository.name}/blobs/${digest}`, "docker-content-digest": digest });

const accepted = (upload: Upload, status: 202 | 204): StreamedReply => ({
  status,
  headers: addressOf(upload),
  body: "",
});

/** Where to go on, and how many bytes are there. The range's end is the last byte, so "0-0" stands for none as well as for one. */
const addressOf = ({ id, repository, receivedBytes }: Upload): Readonly<Record<string, string>> => ({
  location: `/v2/${repository.name}/blobs/uploads/${id}`,
  range: `0-${Math.max(0, receivedBytes - 1)}`,
  "docker-upload-uuid": id,
});
