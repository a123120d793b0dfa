import type { Image, ImageFailure, ImageIdentifier } from "@aws-sdk/client-ecr";
import type { Handler } from "../../protocol/operation.js";
import { findImage } from "../content/images.js";
import { requireRepository } from "../content/repositories.js";
import { repositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";
import { imageIdFailure, requireImageIds } from "./image-ids.js";

export const batchGetImage: Handler<"ecr", "BatchGetImage", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  requireRepository(state, place);
  const images: Image[] = [];
  const failures: ImageFailure[] = [];
  for (const id of requireImageIds(input.imageIds)) {
    const found = findImage(state, place, id);
    if (!found) {
      failures.push(imageIdFailure(state, place, id));
      continue;
    }
    const { digest, document } = found;
    const imageId: ImageIdentifier = {
      imageDigest: digest,
      ...(id.imageTag === undefined ? {} : { imageTag: id.imageTag }),
    };
    images.push({
      registryId: place.account,
      repositoryName: place.name,
      imageId,
      imageManifest: document.manifest,
      imageManifestMediaType: document.mediaType,
    });
  }
  return { images, failures };
};
