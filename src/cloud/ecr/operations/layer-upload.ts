import type { AwsError } from "../../protocol/aws-error.js";
import type { Handler } from "../../protocol/operation.js";
import { keepUpload } from "../content/finish-upload.js";
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
import { repositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";

/** What ECR proposes as the size of a part. */
const partBytesProposed = 10 * 1024 * 1024;

export const initiateLayerUpload: Handler<"ecr", "InitiateLayerUpload", EcrState> = async (input, state, call) => {
  const place = repositoryPlace(input, call);
  requireRepository(state, place);
  const { id } = await state.uploads.start(place);
  return { uploadId: id, partSize: partBytesProposed };
};

/** Every part but the last has at least 5 MiB (LayerPartTooSmallException of ECR's service model). */
const partBytesMin = 5 * 1024 * 1024;

export const uploadLayerPart: Handler<"ecr", "UploadLayerPart", EcrState> = async (input, state, call) => {
  const place = repositoryPlace(input, call);
  requireRepository(state, place);
  const { uploadId = "", partFirstByte = 0, partLastByte = 0, layerPartBlob = new Uint8Array() } = input;
  const upload = state.uploads.find(uploadId, place);
  if (!upload) throw uploadNotFound(place, uploadId);
  if (upload.busy) throw uploadBusy(uploadId);
  const { lastPartBytes, receivedBytes } = upload;
  if (partFirstByte !== receivedBytes) {
    const reason = `Layer part must begin at byte ${receivedBytes}, found ${partFirstByte}`;
    throw invalidLayerPart(place, uploadId, receivedBytes, reason);
  }
  if (partLastByte - partFirstByte + 1 !== layerPartBlob.length) {
    const reason = `Layer part from byte ${partFirstByte} to ${partLastByte} has ${layerPartBlob.length} bytes`;
    throw invalidLayerPart(place, uploadId, receivedBytes, reason);
  }
  if (lastPartBytes !== undefined && lastPartBytes < partBytesMin) throw layerPartTooSmall(partBytesMin, lastPartBytes);
  await upload.append([layerPartBlob]);
  return {
    registryId: place.account,
    repositoryName: place.name,
    uploadId,
    lastByteReceived: upload.receivedBytes - 1,
  };
};

export const completeLayerUpload: Handler<"ecr", "CompleteLayerUpload", EcrState> = async (input, state, call) => {
  const place = repositoryPlace(input, call);
  requireRepository(state, place);
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
