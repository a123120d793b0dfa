import type { EncryptionConfiguration } from "@aws-sdk/client-ecr";
import type { Handler } from "../../protocol/operation.js";
import { imagesOf, tagsOf } from "../content/images.js";
import { changeRepository, describe, type RepositoryDocument, requireRepository } from "../content/repositories.js";
import { invalidParameter, repositoryAlreadyExists, repositoryNotEmpty } from "../errors.js";
import { keyOf, repositoryPlace } from "../names.js";
import { ecrPage } from "../pagination.js";
import type { EcrState } from "../state.js";
import { withTags } from "./resource-tags.js";
import { tagMutabilityOf } from "./tag-mutability.js";

export const createRepository: Handler<"ecr", "CreateRepository", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  if (state.repositories.get(keyOf(place))) throw repositoryAlreadyExists(place);
  const created: RepositoryDocument = {
    createdAtMs: state.clock.nowMs(),
    ...tagMutabilityOf(input),
    scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
    encryption: encryptionOf(input.encryptionConfiguration),
    tags: withTags({}, input.tags),
  };
  state.repositories.put(keyOf(place), created);
  return { repository: describe(state, place, created) };
};

/** What was asked for is remembered and shown; blobs lie on the disk as they are. */
function encryptionOf(asked: EncryptionConfiguration | undefined): RepositoryDocument["encryption"] {
  const { encryptionType = "AES256", kmsKey } = asked ?? {};
  switch (encryptionType) {
    case "AES256":
      return { encryptionType };
    case "KMS":
    case "KMS_DSSE":
      return { encryptionType, ...(kmsKey === undefined ? {} : { kmsKey }) };
    default:
      throw invalidParameter("encryptionType", "Member must satisfy enum value set: [AES256, KMS, KMS_DSSE]");
  }
}

export const describeRepositories: Handler<"ecr", "DescribeRepositories", EcrState> = (input, state, call) => {
  const { registryId, repositoryNames } = input;
  if (repositoryNames !== undefined && repositoryNames.length > 0) {
    const repositories = repositoryNames.map((repositoryName) => {
      const place = repositoryPlace({ registryId, repositoryName }, call);
      return describe(state, place, requireRepository(state, place));
    });
    return { repositories };
  }
  const { account, region } = call;
  if (registryId !== undefined && registryId !== account) return { repositories: [] };
  const all = state.repositories.list([account, region]).map(({ key, document }) => ({ name: key.at(-1)!, document }));
  const page = ecrPage(all, ({ name }) => name, input);
  return {
    repositories: page.items.map(({ name, document }) => describe(state, { account, region, name }, document)),
    nextToken: page.nextToken,
  };
};

export const deleteRepository: Handler<"ecr", "DeleteRepository", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  const repository = requireRepository(state, place);
  const images = imagesOf(state, place);
  if (images.length > 0 && !input.force) throw repositoryNotEmpty(place);
  const key = keyOf(place);
  state.store.write(() => {
    for (const { tag } of tagsOf(state, place)) state.tags.remove([...key, tag]);
    for (const { digest } of images) state.images.remove([...key, digest]);
    state.repositories.remove(key);
  });
  state.layers.dropAll(place);
  return { repository: describe(state, place, repository) };
};

/** The setting is remembered and shown; nothing here scans images. */
export const putImageScanningConfiguration: Handler<"ecr", "PutImageScanningConfiguration", EcrState> = (
  input,
  state,
  call,
) => {
  const place = repositoryPlace(input, call);
  const { scanOnPush } = changeRepository(state, place, {
    scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
  });
  return { registryId: place.account, repositoryName: place.name, imageScanningConfiguration: { scanOnPush } };
};
