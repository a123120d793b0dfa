// Repositories as they are stored, and as ECR shows them.

import type { Repository } from "@aws-sdk/client-ecr";
import { repositoryNotFound } from "../errors.js";
import { arnOf, keyOf, type RepositoryPlace } from "../names.js";
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
export function requireRepository({ repositories }: EcrState, place: RepositoryPlace): RepositoryDocument {
  const found = repositories.get(keyOf(place));
  if (!found) throw repositoryNotFound(place);
  return found;
}

/** Stores a repository with some of its members changed, and returns it as it is then. */
export function changeRepository(
  state: EcrState,
  place: RepositoryPlace,
  change: Partial<RepositoryDocument>,
): RepositoryDocument {
  const changed = { ...requireRepository(state, place), ...change };
  state.repositories.put(keyOf(place), changed);
  return changed;
}

/** The address under which container tools push and pull: `localhost:4566/iris`. */
export const uriOf = ({ publicHost }: EcrState, { name }: RepositoryPlace): string => `${publicHost()}/${name}`;

export const describe = (state: EcrState, place: RepositoryPlace, document: RepositoryDocument): Repository => ({
  repositoryArn: arnOf(place),
  registryId: place.account,
  repositoryName: place.name,
  repositoryUri: uriOf(state, place),
  createdAt: new Date(document.createdAtMs),
  imageTagMutability: document.tagMutability,
  ...exclusionFiltersOf(document),
  imageScanningConfiguration: { scanOnPush: document.scanOnPush },
  encryptionConfiguration: { ...document.encryption },
});

/** The member as it is in answers: only there when there are filters. */
export const exclusionFiltersOf = ({
  exclusionFilters,
}: RepositoryDocument): Pick<Repository, "imageTagMutabilityExclusionFilters"> =>
  exclusionFilters.length === 0
    ? {}
    : { imageTagMutabilityExclusionFilters: exclusionFilters.map((filter) => ({ ...filter })) };

/** Whether a tag that exists may be moved to another image. */
export function isTagMutable({ tagMutability, exclusionFilters }: RepositoryDocument, tag: string): boolean {
  const excluded = exclusionFilters.some(({ filter }) => matchesWildcard(filter, tag));
  return tagMutability.startsWith("MUTABLE") !== excluded;
}

/** "*" stands for any characters, also none. */
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
