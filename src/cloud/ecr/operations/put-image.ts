import type { Handler } from "../../protocol/operation.js";
import { pushImage } from "../content/images.js";
import { imageAlreadyExists } from "../errors.js";
import { repositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";

export const putImage: Handler<"ecr", "PutImage", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  const { imageManifest = "", imageTag } = input;
  const { digest, manifest, changed } = pushImage(state, place, {
    text: imageManifest,
    mediaType: input.imageManifestMediaType,
    tag: imageTag,
    digest: input.imageDigest,
  });
  if (!changed) throw imageAlreadyExists(place, digest, imageTag);
  return {
    image: {
      registryId: place.account,
      repositoryName: place.name,
      imageId: { imageDigest: digest, ...(imageTag === undefined ? {} : { imageTag }) },
      imageManifest,
      imageManifestMediaType: manifest.mediaType,
    },
  };
};
