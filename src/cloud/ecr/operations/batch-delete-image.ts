import type { ImageFailure, ImageIdentifier } from "@aws-sdk/client-ecr";
import type { Handler } from "../../protocol/operation.js";
import { deleteImage, deleteTag, findImage, indexesOf, releaseLayers, tagsOf } from "../content/images.js";
import { requireRepository } from "../content/repositories.js";
import { type RepositoryId, repositoryIdOf } from "../names.js";
import type { EcrState } from "../state.js";
import { imageIdFailure, requireImageIds } from "./image-ids.js";

/** A digest deletes the image with all of its tags; a tag deletes only the tag, and the image with its last tag. */
export const batchDeleteImage: Handler<"ecr", "BatchDeleteImage", EcrState> = (input, state, call) => {
  const repositoryId = repositoryIdOf(input, call);
  requireRepository(state, repositoryId);
  const imageIds: ImageIdentifier[] = [];
  const failures: ImageFailure[] = [];
  for (const id of requireImageIds(input.imageIds)) {
    const removed = removeOne(state, repositoryId, id);
    if (Array.isArray(removed)) for (const imageId of removed) imageIds.push(imageId);
    else failures.push(removed);
  }
  releaseLayers(state, repositoryId);
  return { imageIds, failures };
};

function removeOne(state: EcrState, repositoryId: RepositoryId, id: ImageIdentifier): ImageIdentifier[] | ImageFailure {
  const found = findImage(state, repositoryId, id);
  if (!found) return imageIdFailure(state, repositoryId, id);
  const { digest } = found;
  const tags = tagsOf(state, repositoryId).filter((tag) => tag.digest === digest);
  if (id.imageDigest === undefined && id.imageTag !== undefined && tags.length > 1) {
    deleteTag(state, repositoryId, id.imageTag);
    return [{ imageDigest: digest, imageTag: id.imageTag }];
  }
  const indexes = indexesOf(state, repositoryId, digest);
  if (indexes.length > 0) {
    return {
      imageId: id,
      failureCode: "ImageReferencedByManifestList",
      failureReason: `Requested image referenced by manifest list: [${indexes.join(", ")}]`,
    };
  }
  deleteImage(state, repositoryId, digest);
  return tags.length === 0
    ? [{ imageDigest: digest }]
    : tags.map(({ tag }) => ({ imageDigest: digest, imageTag: tag }));
}
