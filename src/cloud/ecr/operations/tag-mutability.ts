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
import { repositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";

export const putImageTagMutability: Handler<"ecr", "PutImageTagMutability", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  const changed = changeRepository(state, place, tagMutabilityOf(input));
  return {
    registryId: place.account,
    repositoryName: place.name,
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
/** ECR's limits: filters of a repository, and what a filter is made of. */
const filtersMax = 5;
const filterForm = /^[0-9a-zA-Z._*-]{1,128}$/;

const isSetting = (text: string): text is TagMutability => settings.has(text);

/** The members `imageTagMutability` and `imageTagMutabilityExclusionFilters` of a request, checked against each other. */
export function tagMutabilityOf(input: {
  readonly imageTagMutability?: string | undefined;
  readonly imageTagMutabilityExclusionFilters?: readonly ImageTagMutabilityExclusionFilter[] | undefined;
}): Pick<RepositoryDocument, "tagMutability" | "exclusionFilters"> {
  const tagMutability = input.imageTagMutability ?? "MUTABLE";
  if (!isSetting(tagMutability)) {
    throw invalidParameter("imageTagMutability", `Member must satisfy enum value set: [${[...settings].join(", ")}]`);
  }
  const given = input.imageTagMutabilityExclusionFilters ?? [];
  const excludes = tagMutability.endsWith("_WITH_EXCLUSION");
  if (excludes !== given.length > 0) {
    throw invalidParameter(
      "imageTagMutabilityExclusionFilters",
      excludes ? `must not be empty with ${tagMutability}` : `must be empty with ${tagMutability}`,
    );
  }
  if (given.length > filtersMax) {
    throw invalidParameter(
      "imageTagMutabilityExclusionFilters",
      `at most ${filtersMax} filters, found ${given.length}`,
    );
  }
  return { tagMutability, exclusionFilters: given.map(exclusionFilterOf) };
}

function exclusionFilterOf({ filterType, filter }: ImageTagMutabilityExclusionFilter): ExclusionFilter {
  if (filterType !== "WILDCARD") throw invalidParameter("filterType", "Member must satisfy enum value set: [WILDCARD]");
  if (filter === undefined || !filterForm.test(filter)) {
    throw invalidParameter("filter", `must satisfy regular expression '${filterForm.source}'`);
  }
  return { filterType, filter };
}
