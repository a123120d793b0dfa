import type { EncryptionConfiguration } from "@aws-sdk/client-ecr";
import type { Handler } from "../../protocol/operation.js";
import { imagesOf, tagsOf } from "../content/images.js";
import {
  changeRepository,
  describeRepository,
  type RepositoryDocument,
  requireRepository,
} from "../content/repositories.js";
import { invalidParameter, repositoryAlreadyExists, repositoryNotEmpty } from "../errors.js";
import { keyOf, repositoryIdOf } from "../names.js";
import { ecrPage } from "../pagination.js";
import type { EcrState } from "../state.js";
import { withTags } from "./resource-tags.js";
import { tagMutabilityOf } from "./tag-mutability.js";

export const createRepository: Handler<"ecr", "CreateRepository", EcrState> = (input, state, call) => {
  const repositoryId = repositoryIdOf(input, call);
  if (state.repositories.get(keyOf(repositoryId))) throw repositoryAlreadyExists(repositoryId);
  const created: RepositoryDocument = {
    createdAtMs: state.clock.nowMs(),
    ...tagMutabilityOf(input),
    scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
    encryption: encryptionOf(input.encryptionConfiguration),
    tags: withTags({}, input.tags),
  };
  state.repositories.put(keyOf(repositoryId), created);
  return { repository: describeRepository(state, repositoryId, created) };
};

/** The setting is stored and returned; blobs are not encrypted on disk. */
function encryptionOf(requested: EncryptionConfiguration | undefined): RepositoryDocument["encryption"] {
  const { encryptionType = "AES256", kmsKey } = requested ?? {};
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
      const repositoryId = repositoryIdOf({ registryId, repositoryName }, call);
      return describeRepository(state, repositoryId, requireRepository(state, repositoryId));
    });
    return { repositories };
  }
  const { account, region } = call;
  if (registryId !== undefined && registryId !== account) return { repositories: [] };
  const all = state.repositories.list([account, region]).map(({ key, document }) => ({ name: key.at(-1)!, document }));
  const page = ecrPage(all, ({ name }) => name, input);
  return {
    repositories: page.items.map(({ name, document }) =>
      describeRepository(state, { account, region, name }, document),
    ),
    nextToken: page.nextToken,
  };
};

export const deleteRepository: Handler<"ecr", "DeleteRepository", EcrState> = (input, state, call) => {
  const repositoryId = repositoryIdOf(input, call);
  const repository = requireRepository(state, repositoryId);
  const images = imagesOf(state, repositoryId);
  if (images.length > 0 && !input.force) throw repositoryNotEmpty(repositoryId);
  const key = keyOf(repositoryId);
  state.store.write(() => {
    for (const { tag } of tagsOf(state, repositoryId)) state.tags.remove([...key, tag]);
    for (const { digest } of images) state.images.remove([...key, digest]);
    state.repositories.remove(key);
  });
  state.layers.releaseAll(repositoryId);
  return { repository: describeRepository(state, repositoryId, repository) };
};

/** The setting is stored and returned; this cloud does not scan images. */
export const putImageScanningConfiguration: Handler<"ecr", "PutImageScanningConfiguration", EcrState> = (
  input,
  state,
  call,
) => {
  const repositoryId = repositoryIdOf(input, call);
  const { scanOnPush } = changeRepository(state, repositoryId, {
    scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
  });
  return {
    registryId: repositoryId.account,
    repositoryName: repositoryId.name,
    imageScanningConfiguration: { scanOnPush },
  };
};
