import type { AwsError } from "../../protocol/aws-error.js";
import type { Handler } from "../../protocol/operation.js";
import { finishUpload } from "../content/finish-upload.js";
import { requireRepository } from "../content/repositories.js";
import {
  emptyUpload,
  invalidLayer,
  invalidLayerPart,
  layerAlreadyExists,
  layerPartTooSmall,
  uploadBusy,
  uploadNotFound,
} from "../errors.js";
import { repositoryIdOf } from "../names.js";
import type { EcrState } from "../state.js";

/** The size of a part that ECR recommends to clients. */
const partBytesRecommended = 10 * 1024 * 1024;

export const initiateLayerUpload: Handler<"ecr", "InitiateLayerUpload", EcrState> = async (input, state, call) => {
  const repositoryId = repositoryIdOf(input, call);
  requireRepository(state, repositoryId);
  const { id } = await state.uploads.start(repositoryId);
  return { uploadId: id, partSize: partBytesRecommended };
};

/** Every part but the last has at least 5 MiB (LayerPartTooSmallException of ECR's service model). */
const partBytesMin = 5 * 1024 * 1024;

export const uploadLayerPart: Handler<"ecr", "UploadLayerPart", EcrState> = async (input, state, call) => {
  const repositoryId = repositoryIdOf(input, call);
  requireRepository(state, repositoryId);
  const { uploadId = "", partFirstByte = 0, partLastByte = 0, layerPartBlob = new Uint8Array() } = input;
  const upload = state.uploads.find(uploadId, repositoryId);
  if (!upload) throw uploadNotFound(repositoryId, uploadId);
  if (upload.busy) throw uploadBusy(uploadId);
  const { lastPartBytes, receivedBytes } = upload;
  if (partFirstByte !== receivedBytes) {
    const reason = `Layer part must begin at byte ${receivedBytes}, found ${partFirstByte}`;
    throw invalidLayerPart(repositoryId, uploadId, receivedBytes, reason);
  }
  if (partLastByte - partFirstByte + 1 !== layerPartBlob.length) {
    const reason = `Layer part from byte ${partFirstByte} to ${partLastByte} has ${layerPartBlob.length} bytes`;
    throw invalidLayerPart(repositoryId, uploadId, receivedBytes, reason);
  }
  if (lastPartBytes !== undefined && lastPartBytes < partBytesMin) throw layerPartTooSmall(partBytesMin, lastPartBytes);
  await upload.append([layerPartBlob]);
  return {
    registryId: repositoryId.account,
    repositoryName: repositoryId.name,
    uploadId,
    lastByteReceived: upload.receivedBytes - 1,
  };
};

export const completeLayerUpload: Handler<"ecr", "CompleteLayerUpload", EcrState> = async (input, state, call) => {
  const repositoryId = repositoryIdOf(input, call);
  requireRepository(state, repositoryId);
  const { uploadId = "", layerDigests = [] } = input;
  const upload = state.uploads.find(uploadId, repositoryId);
  if (!upload) throw uploadNotFound(repositoryId, uploadId);
  if (upload.receivedBytes === 0) throw emptyUpload(uploadId);
  if (upload.busy) throw uploadBusy(uploadId);
  const layerDigest = await upload.complete([]);
  await finishUpload(state, upload, layerDigest, rejectionOf(layerDigest));
  return { registryId: repositoryId.account, repositoryName: repositoryId.name, uploadId, layerDigest };

  function rejectionOf(digest: string): AwsError | undefined {
    if (!layerDigests.includes(digest)) return invalidLayer(layerDigests, digest);
    return state.layers.announce(repositoryId, digest) === undefined
      ? undefined
      : layerAlreadyExists(repositoryId, digest);
  }
};
