import type { ImageTagMutabilityExclusionFilter } from "@aws-sdk/client-ecr";
import type { Handler } from "../../protocol/operation.js";
import {
  changeRepository,
  type ExclusionFilter,
  exclusionFiltersOf,
  type RepositoryDocument,
  type TagMutability,
} from "../content/repositories.js";
import { invalidParameter } from "../errors.js";
import { repositoryIdOf } from "../names.js";
import type { EcrState } from "../state.js";

export const putImageTagMutability: Handler<"ecr", "PutImageTagMutability", EcrState> = (input, state, call) => {
  const repositoryId = repositoryIdOf(input, call);
  const changed = changeRepository(state, repositoryId, tagMutabilityOf(input));
  return {
    registryId: repositoryId.account,
    repositoryName: repositoryId.name,
    imageTagMutability: changed.tagMutability,
    ...exclusionFiltersOf(changed),
  };
};

const settings: ReadonlySet<string> = new Set<TagMutability>([
  "MUTABLE",
  "IMMUTABLE",
  "MUTABLE_WITH_EXCLUSION",
  "IMMUTABLE_WITH_EXCLUSION",
]);
/** ECR's limits: filters of a repository, and characters of a filter. */
const filtersMax = 5;
const filterPattern = /^[0-9a-zA-Z._*-]{1,128}$/;

const isSetting = (value: string): value is TagMutability => settings.has(value);

/**
 * The members `imageTagMutability` and `imageTagMutabilityExclusionFilters` of a request, checked against each other.
 */
export function tagMutabilityOf(input: {
  readonly imageTagMutability?: string | undefined;
  readonly imageTagMutabilityExclusionFilters?: readonly ImageTagMutabilityExclusionFilter[] | undefined;
}): Pick<RepositoryDocument, "tagMutability" | "exclusionFilters"> {
  const tagMutability = input.imageTagMutability ?? "MUTABLE";
  if (!isSetting(tagMutability)) {
    throw invalidParameter("imageTagMutability", `Member must satisfy enum value set: [${[...settings].join(", ")}]`);
  }
  const filters = input.imageTagMutabilityExclusionFilters ?? [];
  const excludes = tagMutability.endsWith("_WITH_EXCLUSION");
  if (excludes !== filters.length > 0) {
    throw invalidParameter(
      "imageTagMutabilityExclusionFilters",
      excludes ? `must not be empty with ${tagMutability}` : `must be empty with ${tagMutability}`,
    );
  }
  if (filters.length > filtersMax) {
    throw invalidParameter(
      "imageTagMutabilityExclusionFilters",
      `at most ${filtersMax} filters, found ${filters.length}`,
    );
  }
  return { tagMutability, exclusionFilters: filters.map(exclusionFilterOf) };
}

function exclusionFilterOf({ filterType, filter }: ImageTagMutabilityExclusionFilter): ExclusionFilter {
  if (filterType !== "WILDCARD") throw invalidParameter("filterType", "Member must satisfy enum value set: [WILDCARD]");
  if (filter === undefined || !filterPattern.test(filter)) {
    throw invalidParameter("filter", `must satisfy regular expression '${filterPattern.source}'`);
  }
  return { filterType, filter };
}
