import type { Handler } from "../../protocol/operation.js";
import { changeRepository, requireRepository } from "../content/repositories.js";
import { repositoryPolicyNotFound } from "../errors.js";
import { repositoryIdOf } from "../names.js";
import type { EcrState } from "../state.js";
import { policyTextOf } from "./policy-text.js";

/** The shape `RepositoryPolicyText` of ECR's service model. */
const policyBytesMax = 10_240;

/** The policy is stored and returned, not enforced: within one account everything is allowed. */
export const setRepositoryPolicy: Handler<"ecr", "SetRepositoryPolicy", EcrState> = (input, state, call) => {
  const repositoryId = repositoryIdOf(input, call);
  const policyText = policyTextOf(input.policyText, "PolicyText", policyBytesMax);
  changeRepository(state, repositoryId, { policyText });
  return { registryId: repositoryId.account, repositoryName: repositoryId.name, policyText };
};

export const getRepositoryPolicy: Handler<"ecr", "GetRepositoryPolicy", EcrState> = (input, state, call) => {
  const repositoryId = repositoryIdOf(input, call);
  const { policyText } = requireRepository(state, repositoryId);
  if (policyText === undefined) throw repositoryPolicyNotFound(repositoryId);
  return { registryId: repositoryId.account, repositoryName: repositoryId.name, policyText };
};

export const deleteRepositoryPolicy: Handler<"ecr", "DeleteRepositoryPolicy", EcrState> = (input, state, call) => {
  const repositoryId = repositoryIdOf(input, call);
  const { policyText } = requireRepository(state, repositoryId);
  if (policyText === undefined) throw repositoryPolicyNotFound(repositoryId);
  changeRepository(state, repositoryId, { policyText: undefined });
  return { registryId: repositoryId.account, repositoryName: repositoryId.name, policyText };
};
