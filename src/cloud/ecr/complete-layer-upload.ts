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
  const layerDigest = await upload.complete([]);
  const refusal = !layerDigests.includes(layerDigest)
    ? invalidLayer(layerDigests, layerDigest)
    : state.layers.promise(place, layerDigest) !== undefined && layerAlreadyExists(place, layerDigest);
  if (refusal) {
    await state.uploads.cancel(upload);
    throw refusal;
  }
  state.layers.adopt(place, upload.path, layerDigest);
  state.uploads.close(upload);
  return { registryId: place.account, repositoryName: place.name, uploadId, layerDigest };
};
