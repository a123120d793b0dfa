import type { AwsError } from "../../protocol/aws-error.js";
import type { Handler } from "../../protocol/operation.js";
import { keepUpload } from "../content/finish-upload.js";
import { findRepository } from "../content/repositories.js";
import { emptyUpload, invalidLayer, layerAlreadyExists, uploadBusy, uploadNotFound } from "../errors.js";
import { repositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";

export const completeLayerUpload: Handler<"ecr", "CompleteLayerUpload", EcrState> = async (input, state, call) => {
  const place = repositoryPlace(input, call);
  findRepository(state, place);
  const { uploadId = "", layerDigests = [] } = input;
  const upload = state.uploads.find(uploadId, place);
  if (!upload) throw uploadNotFound(place, uploadId);
  if (upload.receivedBytes === 0) throw emptyUpload(uploadId);
  if (upload.busy) throw uploadBusy(uploadId);
  const layerDigest = await upload.complete([]);
  await keepUpload(state, upload, layerDigest, objectionTo(layerDigest));
  return { registryId: place.account, repositoryName: place.name, uploadId, layerDigest };

  function objectionTo(digest: string): AwsError | undefined {
    if (!layerDigests.includes(digest)) return invalidLayer(layerDigests, digest);
    return state.layers.promise(place, digest) === undefined ? undefined : layerAlreadyExists(place, digest);
  }
};
