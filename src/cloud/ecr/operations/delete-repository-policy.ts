import type { Handler } from "../../protocol/operation.js";
import { changeRepository, findRepository } from "../content/repositories.js";
import { repositoryPolicyNotFound } from "../errors.js";
import { repositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";

export const deleteRepositoryPolicy: Handler<"ecr", "DeleteRepositoryPolicy", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  const { policyText } = findRepository(state, place);
  if (policyText === undefined) throw repositoryPolicyNotFound(place);
  changeRepository(state, place, { policyText: undefined });
  return { registryId: place.account, repositoryName: place.name, policyText };
};
