import type { Handler } from "../../protocol/operation.js";
import { storeImage } from "../content/images.js";
import { imageAlreadyExists } from "../errors.js";
import { repositoryIdOf } from "../names.js";
import type { EcrState } from "../state.js";

export const putImage: Handler<"ecr", "PutImage", EcrState> = (input, state, call) => {
  const repositoryId = repositoryIdOf(input, call);
  const { imageManifest = "", imageTag } = input;
  const { digest, manifest, changed } = storeImage(state, repositoryId, {
    text: imageManifest,
    mediaType: input.imageManifestMediaType,
    tag: imageTag,
    digest: input.imageDigest,
  });
  if (!changed) throw imageAlreadyExists(repositoryId, digest, imageTag);
  return {
    image: {
      registryId: repositoryId.account,
      repositoryName: repositoryId.name,
      imageId: { imageDigest: digest, ...(imageTag === undefined ? {} : { imageTag }) },
      imageManifest,
      imageManifestMediaType: manifest.mediaType,
    },
  };
};
