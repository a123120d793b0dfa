import type { Image, ImageFailure, ImageIdentifier } from "@aws-sdk/client-ecr";
import type { Handler } from "../../protocol/operation.js";
import { findImage } from "../content/images.js";
import { requireRepository } from "../content/repositories.js";
import { repositoryIdOf } from "../names.js";
import type { EcrState } from "../state.js";
import { imageIdFailure, requireImageIds } from "./image-ids.js";

export const batchGetImage: Handler<"ecr", "BatchGetImage", EcrState> = (input, state, call) => {
  const repositoryId = repositoryIdOf(input, call);
  requireRepository(state, repositoryId);
  const images: Image[] = [];
  const failures: ImageFailure[] = [];
  for (const id of requireImageIds(input.imageIds)) {
    const found = findImage(state, repositoryId, id);
    if (!found) {
      failures.push(imageIdFailure(state, repositoryId, id));
      continue;
    }
    const { digest, document } = found;
    const imageId: ImageIdentifier = {
      imageDigest: digest,
      ...(id.imageTag === undefined ? {} : { imageTag: id.imageTag }),
    };
    images.push({
      registryId: repositoryId.account,
      repositoryName: repositoryId.name,
      imageId,
      imageManifest: document.manifest,
      imageManifestMediaType: document.mediaType,
    });
  }
  return { images, failures };
};
