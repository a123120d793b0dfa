import type { Handler } from "../../protocol/operation.js";
import { requireImage } from "../content/images.js";
import { findRepository } from "../content/repositories.js";
import { scanNotFound } from "../errors.js";
import { repositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";

/** Nothing here scans images, so that none has findings. */
export const describeImageScanFindings: Handler<"ecr", "DescribeImageScanFindings", EcrState> = (
  input,
  state,
  call,
) => {
  const place = repositoryPlace(input, call);
  findRepository(state, place);
  const imageId = input.imageId ?? {};
  const { digest } = requireImage(state, place, imageId);
  throw scanNotFound(place, { imageDigest: digest, imageTag: imageId.imageTag });
};
