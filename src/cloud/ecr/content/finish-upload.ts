import type { Digest } from "../../../image/index.js";
import { repositoryNotFound } from "../errors.js";
import { keyOf } from "../names.js";
import type { EcrState } from "../state.js";
import type { Upload } from "./uploads.js";

/**
 * Stores a completed upload as a blob.
 * @param error why the upload is rejected; it is then removed
 * @throws `error`, or RepositoryNotFoundException if the repository was deleted during the upload
 */
export async function finishUpload(
  { repositories, layers, uploads }: EcrState,
  upload: Upload,
  digest: Digest,
  error: Error | undefined,
): Promise<void> {
  const { repository } = upload;
  const rejection = error ?? (repositories.get(keyOf(repository)) ? undefined : repositoryNotFound(repository));
  if (rejection) {
    await uploads.cancel(upload);
    throw rejection;
  }
  layers.adopt(repository, upload.path, digest);
  uploads.close(upload);
}
