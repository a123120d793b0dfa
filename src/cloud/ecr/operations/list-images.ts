import type { ImageIdentifier } from "@aws-sdk/client-ecr";
import type { Handler } from "../../protocol/operation.js";
import { imagesOf, tagsOf } from "../content/images.js";
import { requireRepository } from "../content/repositories.js";
import { repositoryPlace } from "../names.js";
import { ecrPage } from "../pagination.js";
import type { EcrState } from "../state.js";

/** One identifier for each tag, and one for each image without a tag. */
export const listImages: Handler<"ecr", "ListImages", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  requireRepository(state, place);
  const tags = tagsOf(state, place);
  const taggedDigests = new Set(tags.map(({ digest }) => digest));
  const untagged = imagesOf(state, place).filter(({ digest }) => !taggedDigests.has(digest));
  const ids: ImageIdentifier[] = [
    ...tags.map(({ digest, tag }) => ({ imageDigest: digest, imageTag: tag })),
    ...untagged.map(({ digest }) => ({ imageDigest: digest })),
  ];
  const status = input.filter?.tagStatus ?? "ANY";
  const wanted = ids.filter(({ imageTag }) => status === "ANY" || (status === "TAGGED") === (imageTag !== undefined));
  const inOrder = wanted.sort((a, b) => (keyOfId(a) < keyOfId(b) ? -1 : 1));
  const page = ecrPage(inOrder, keyOfId, input);
  return { imageIds: [...page.items], nextToken: page.nextToken };
};

const keyOfId = ({ imageDigest, imageTag }: ImageIdentifier): string => `${imageDigest} ${imageTag ?? ""}`;
