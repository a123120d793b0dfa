import type { Handler } from "../../protocol/operation.js";
import { changeRepository, exclusionFiltersOf } from "../content/repositories.js";
import { repositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";
import { tagMutabilityOf } from "./tag-mutability.js";

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
