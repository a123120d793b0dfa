import type { ImageFailure, ImageIdentifier } from "@aws-sdk/client-ecr";
import type { Handler } from "../../protocol/operation.js";
import { deleteImage, deleteTag, findImage, indexesOf, releaseLayers, tagsOf } from "../content/images.js";
import { requireRepository } from "../content/repositories.js";
import { type RepositoryPlace, repositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";
import { imageIdFailure, requireImageIds } from "./image-ids.js";

/** A digest removes the image with all of its tags; a tag removes that tag, and the image when it was the last. */
export const batchDeleteImage: Handler<"ecr", "BatchDeleteImage", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  requireRepository(state, place);
  const imageIds: ImageIdentifier[] = [];
  const failures: ImageFailure[] = [];
  for (const id of requireImageIds(input.imageIds)) {
    const removed = removeOne(state, place, id);
    if (Array.isArray(removed)) imageIds.push(...removed);
    else failures.push(removed);
  }
  releaseLayers(state, place);
  return { imageIds, failures };
};

function removeOne(state: EcrState, place: RepositoryPlace, id: ImageIdentifier): ImageIdentifier[] | ImageFailure {
  const found = findImage(state, place, id);
  if (!found) return imageIdFailure(state, place, id);
  const { digest } = found;
  const tags = tagsOf(state, place).filter((tag) => tag.digest === digest);
  if (id.imageDigest === undefined && id.imageTag !== undefined && tags.length > 1) {
    deleteTag(state, place, id.imageTag);
    return [{ imageDigest: digest, imageTag: id.imageTag }];
  }
  const indexes = indexesOf(state, place, digest);
  if (indexes.length > 0) {
    return {
      imageId: id,
      failureCode: "ImageReferencedByManifestList",
      failureReason: `Requested image referenced by manifest list: [${indexes.join(", ")}]`,
    };
  }
  deleteImage(state, place, digest);
  return tags.length === 0
    ? [{ imageDigest: digest }]
    : tags.map(({ tag }) => ({ imageDigest: digest, imageTag: tag }));
}
