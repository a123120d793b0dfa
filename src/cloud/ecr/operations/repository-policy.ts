import type { Handler } from "../../protocol/operation.js";
import { changeRepository, requireRepository } from "../content/repositories.js";
import { repositoryPolicyNotFound } from "../errors.js";
import { repositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";
import { policyTextOf } from "./policy-text.js";

/** The shape `RepositoryPolicyText` of ECR's service model. */
const policyBytesMax = 10_240;

/** The policy is remembered and shown; within one account everything is allowed. */
export const setRepositoryPolicy: Handler<"ecr", "SetRepositoryPolicy", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  const policyText = policyTextOf(input.policyText, "PolicyText", policyBytesMax);
  changeRepository(state, place, { policyText });
  return { registryId: place.account, repositoryName: place.name, policyText };
};

export const getRepositoryPolicy: Handler<"ecr", "GetRepositoryPolicy", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  const { policyText } = requireRepository(state, place);
  if (policyText === undefined) throw repositoryPolicyNotFound(place);
  return { registryId: place.account, repositoryName: place.name, policyText };
};

export const deleteRepositoryPolicy: Handler<"ecr", "DeleteRepositoryPolicy", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  const { policyText } = requireRepository(state, place);
  if (policyText === undefined) throw repositoryPolicyNotFound(place);
  changeRepository(state, place, { policyText: undefined });
  return { registryId: place.account, repositoryName: place.name, policyText };
};
