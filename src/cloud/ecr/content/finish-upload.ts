import type { Digest } from "../../../image/index.js";
import { repositoryNotFound } from "../errors.js";
import { keyOf } from "../names.js";
import type { EcrState } from "../state.js";
import type { Upload } from "./uploads.js";

/**
 * Makes a blob of a completed upload. Removes it instead when there is something against it, or when its repository was deleted while
 * the bytes came, and throws what there is.
 */
export async function keepUpload(
  { repositories, layers, uploads }: EcrState,
  upload: Upload,
  digest: Digest,
  objection: Error | undefined,
): Promise<void> {
  const { repository } = upload;
  const refusal = objection ?? (repositories.get(keyOf(repository)) ? undefined : repositoryNotFound(repository));
  if (refusal) {
    await uploads.cancel(upload);
    throw refusal;
  }
  layers.adopt(repository, upload.path, digest);
  uploads.close(upload);
}
