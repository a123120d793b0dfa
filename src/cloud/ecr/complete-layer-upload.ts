import type { Handler } from "../protocol/operation.js";
import { findRepository } from "./content/repositories.js";
import { emptyUpload, invalidLayer, layerAlreadyExists, uploadNotFound } from "./errors.js";
import { repositoryPlace } from "./names.js";
import type { EcrState } from "./state.js";

export const completeLayerUpload: Handler<"ecr", "CompleteLayerUpload", EcrState> = async (input, state, call) => {
  const place = repositoryPlace(input, call);
  findRepository(state, place);
  const { uploadId = "", layerDigests = [] } = input;
  const upload = state.uploads.find(uploadId, place);
  if (!upload) throw uploadNotFound(place, uploadId);
  if (upload.receivedBytes === 0) throw emptyUpload(uploadId);
  const layerDigest = await upload.seal();
  if (!layerDigests.includes(layerDigest)) throw invalidLayer(layerDigests, layerDigest);
  const present = state.layers.promise(place, layerDigest) !== undefined;
  if (!present) state.layers.adopt(place, upload.path, layerDigest);
  await state.uploads.end(upload);
  if (present) throw layerAlreadyExists(place, layerDigest);
  return { registryId: place.account, repositoryName: place.name, uploadId, layerDigest };
};
