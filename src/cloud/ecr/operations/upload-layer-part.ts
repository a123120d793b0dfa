import type { Handler } from "../../protocol/operation.js";
import { findRepository } from "../content/repositories.js";
import { invalidLayerPart, layerPartTooSmall, uploadBusy, uploadNotFound } from "../errors.js";
import { repositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";

/** Every part but the last has at least 5 MiB (LayerPartTooSmallException of ECR's service model). */
const partBytesMin = 5 * 1024 * 1024;

export const uploadLayerPart: Handler<"ecr", "UploadLayerPart", EcrState> = async (input, state, call) => {
  const place = repositoryPlace(input, call);
  findRepository(state, place);
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
