import type { EncryptionConfiguration } from "@aws-sdk/client-ecr";
import type { Handler } from "../../protocol/operation.js";
import { describe, type RepositoryDocument } from "../content/repositories.js";
import { invalidParameter, repositoryAlreadyExists } from "../errors.js";
import { keyOf, repositoryPlace } from "../names.js";
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
