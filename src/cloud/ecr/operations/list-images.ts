import type { ImageIdentifier } from "@aws-sdk/client-ecr";
import type { Handler } from "../../protocol/operation.js";
import { imagesOf, tagsOf } from "../content/images.js";
import { requireRepository } from "../content/repositories.js";
import { repositoryIdOf } from "../names.js";
import { ecrPage } from "../pagination.js";
import type { EcrState } from "../state.js";

/** One identifier for each tag, and one for each image without a tag. */
export const listImages: Handler<"ecr", "ListImages", EcrState> = (input, state, call) => {
  const repositoryId = repositoryIdOf(input, call);
  requireRepository(state, repositoryId);
  const tags = tagsOf(state, repositoryId);
  const taggedDigests = new Set(tags.map(({ digest }) => digest));
  const untagged = imagesOf(state, repositoryId).filter(({ digest }) => !taggedDigests.has(digest));
  const ids: ImageIdentifier[] = [
    ...tags.map(({ digest, tag }) => ({ imageDigest: digest, imageTag: tag })),
    ...untagged.map(({ digest }) => ({ imageDigest: digest })),
  ];
  const status = input.filter?.tagStatus ?? "ANY";
  const matching = ids.filter(({ imageTag }) => status === "ANY" || (status === "TAGGED") === (imageTag !== undefined));
  const page = ecrPage(matching, keyOfId, input);
  return { imageIds: [...page.items], nextToken: page.nextToken };
};

const keyOfId = ({ imageDigest, imageTag }: ImageIdentifier): string => `${imageDigest} ${imageTag ?? ""}`;
