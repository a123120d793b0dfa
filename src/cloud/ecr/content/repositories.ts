// Repositories as they are stored, and as ECR describes them.

import type { Repository } from "@aws-sdk/client-ecr";
import { repositoryNotFound } from "../errors.js";
import { arnOf, keyOf, type RepositoryId } from "../names.js";
import type { EcrState } from "../state.js";

export type TagMutability = "MUTABLE" | "IMMUTABLE" | "MUTABLE_WITH_EXCLUSION" | "IMMUTABLE_WITH_EXCLUSION";

export interface ExclusionFilter {
  readonly filterType: "WILDCARD";
  /** A tag with "*" for any characters. */
  readonly filter: string;
}

export interface RepositoryDocument {
  readonly createdAtMs: number;
  readonly tagMutability: TagMutability;
  readonly exclusionFilters: readonly ExclusionFilter[];
  readonly scanOnPush: boolean;
  readonly encryption: { readonly encryptionType: "AES256" | "KMS" | "KMS_DSSE"; readonly kmsKey?: string };
  readonly tags: Readonly<Record<string, string>>;
  readonly policyText?: string;
  readonly lifecyclePolicy?: { readonly text: string; readonly evaluatedAtMs: number };
}

/** @throws AwsError RepositoryNotFoundException */
export function requireRepository({ repositories }: EcrState, repositoryId: RepositoryId): RepositoryDocument {
  const found = repositories.get(keyOf(repositoryId));
  if (!found) throw repositoryNotFound(repositoryId);
  return found;
}

/** Stores a repository with changes, and returns the changed one. */
export function changeRepository(
  state: EcrState,
  repositoryId: RepositoryId,
  change: Partial<RepositoryDocument>,
): RepositoryDocument {
  const changed = { ...requireRepository(state, repositoryId), ...change };
  state.repositories.put(keyOf(repositoryId), changed);
  return changed;
}

/** The URI for pushing and pulling: `localhost:4566/iris`. */
const uriOf = ({ publicHost }: EcrState, { name }: RepositoryId): string => `${publicHost()}/${name}`;

export const describeRepository = (
  state: EcrState,
  repositoryId: RepositoryId,
  document: RepositoryDocument,
): Repository => ({
  repositoryArn: arnOf(repositoryId),
  registryId: repositoryId.account,
  repositoryName: repositoryId.name,
  repositoryUri: uriOf(state, repositoryId),
  createdAt: new Date(document.createdAtMs),
  imageTagMutability: document.tagMutability,
  ...exclusionFiltersOf(document),
  imageScanningConfiguration: { scanOnPush: document.scanOnPush },
  encryptionConfiguration: { ...document.encryption },
});

/** The member of responses, which is absent without filters. */
export const exclusionFiltersOf = ({
  exclusionFilters,
}: RepositoryDocument): Pick<Repository, "imageTagMutabilityExclusionFilters"> =>
  exclusionFilters.length === 0
    ? {}
    : { imageTagMutabilityExclusionFilters: exclusionFilters.map((filter) => ({ ...filter })) };

/** Whether an existing tag can be moved to another image. */
export function isTagMutable({ tagMutability, exclusionFilters }: RepositoryDocument, tag: string): boolean {
  const excluded = exclusionFilters.some(({ filter }) => matchesWildcard(filter, tag));
  return tagMutability.startsWith("MUTABLE") !== excluded;
}

/** "*" matches any characters, or none. */
function matchesWildcard(filter: string, tag: string): boolean {
  const [first = "", ...rest] = filter.split("*");
  if (rest.length === 0) return tag === filter;
  if (!tag.startsWith(first)) return false;
  const last = rest.pop()!;
  let from = first.length;
  for (const part of rest) {
    const at = tag.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return tag.length >= from + last.length && tag.endsWith(last);
}
