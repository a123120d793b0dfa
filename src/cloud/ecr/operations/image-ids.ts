import type { ImageFailure, ImageIdentifier } from "@aws-sdk/client-ecr";
import { isDigest } from "../../../image/index.js";
import { findImage } from "../content/images.js";
import { invalidParameter } from "../errors.js";
import type { RepositoryId } from "../names.js";
import type { EcrState } from "../state.js";

/** Identifiers of one batch request (the shape `ImageIdentifierList` of ECR's service model). */
const imageIdsMax = 100;

export function requireImageIds(ids: readonly ImageIdentifier[] | undefined): readonly ImageIdentifier[] {
  const count = ids?.length ?? 0;
  if (!ids || count < 1 || count > imageIdsMax) {
    throw invalidParameter("imageIds", `must have between 1 and ${imageIdsMax} members, found ${count}`);
  }
  return ids;
}

/** The reason why an identifier has no image. */
export function imageIdFailure(state: EcrState, repositoryId: RepositoryId, imageId: ImageIdentifier): ImageFailure {
  const { imageDigest, imageTag } = imageId;
  if (imageDigest === undefined && imageTag === undefined) {
    return {
      imageId,
      failureCode: "MissingDigestAndTag",
      failureReason: "Invalid request parameters: both tag and digest cannot be null",
    };
  }
  if (imageDigest !== undefined && !isDigest(imageDigest)) {
    return {
      imageId,
      failureCode: "InvalidImageDigest",
      failureReason:
        "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
    };
  }
  if (imageDigest !== undefined && imageTag !== undefined && findImage(state, repositoryId, { imageTag })) {
    return {
      imageId,
      failureCode: "ImageTagDoesNotMatchDigest",
      failureReason: "Requested image tag does not match the image digest",
    };
  }
  return { imageId, failureCode: "ImageNotFound", failureReason: "Requested image not found" };
}
