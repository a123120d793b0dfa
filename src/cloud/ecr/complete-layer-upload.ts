import type { Handler } from "../protocol/operation.js";
import { findRepository } from "./content/repositories.js";
import { emptyUpload, invalidLayer, layerAlreadyExists, uploadBusy, uploadNotFound } from "./errors.js";
import { repositoryPlace } from "./names.js";
import type { EcrState } from "./state.js";

export const completeLayerUpload: Handler<"ecr", "CompleteLayerUpload", EcrState> = async (input, state, call) => {
  const place = repositoryPlace(input, call);
  findRepository(state, place);
  const { uploadId = "", layerDigests = [] } = input;
  const upload = state.uploads.find(uploadId, place);
  if (!upload) throw uploadNotFound(place, uploadId);
  if (upload.receivedBytes === 0) throw emptyUpload(uploadId);
  if (upload.busy) throw uploadBusy(uploadId);
  try {
    const layerDigest = await upload.seal();
    if (!layerDigests.includes(layerDigest)) throw invalidLayer(layerDigests, layerDigest);
    if (state.layers.promise(place, layerDigest) !== undefined) throw layerAlreadyExists(place, layerDigest);
    state.layers.adopt(place, upload.path, layerDigest);
    return { registryId: place.account, repositoryName: place.name, uploadId, layerDigest };
  } finally {
    await state.uploads.end(upload);
  }
};
