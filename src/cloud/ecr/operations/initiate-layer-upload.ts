import type { Handler } from "../../protocol/operation.js";
import { findRepository } from "../content/repositories.js";
import { repositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";

/** What ECR proposes as the size of a part. */
const partBytesProposed = 10 * 1024 * 1024;

export const initiateLayerUpload: Handler<"ecr", "InitiateLayerUpload", EcrState> = async (input, state, call) => {
  const place = repositoryPlace(input, call);
  findRepository(state, place);
  const { id } = await state.uploads.start(place);
  return { uploadId: id, partSize: partBytesProposed };
};
