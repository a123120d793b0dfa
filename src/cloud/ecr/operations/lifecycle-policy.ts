import type { Handler } from "../../protocol/operation.js";
import { changeRepository, requireRepository } from "../content/repositories.js";
import { lifecyclePolicyNotFound } from "../errors.js";
import { repositoryIdOf } from "../names.js";
import type { EcrState } from "../state.js";
import { policyTextOf } from "./policy-text.js";

/** The shape `LifecyclePolicyText` of ECR's service model. */
const policyBytesMax = 30_720;

/** The policy is stored and returned, not applied: images stay until they are deleted. */
export const putLifecyclePolicy: Handler<"ecr", "PutLifecyclePolicy", EcrState> = (input, state, call) => {
  const repositoryId = repositoryIdOf(input, call);
  const text = policyTextOf(input.lifecyclePolicyText, "LifecyclePolicyText", policyBytesMax);
  changeRepository(state, repositoryId, { lifecyclePolicy: { text, evaluatedAtMs: state.clock.nowMs() } });
  return { registryId: repositoryId.account, repositoryName: repositoryId.name, lifecyclePolicyText: text };
};

export const getLifecyclePolicy: Handler<"ecr", "GetLifecyclePolicy", EcrState> = (input, state, call) => {
  const repositoryId = repositoryIdOf(input, call);
  const { lifecyclePolicy } = requireRepository(state, repositoryId);
  if (!lifecyclePolicy) throw lifecyclePolicyNotFound(repositoryId);
  return {
    registryId: repositoryId.account,
    repositoryName: repositoryId.name,
    lifecyclePolicyText: lifecyclePolicy.text,
    lastEvaluatedAt: new Date(lifecyclePolicy.evaluatedAtMs),
  };
};

export const deleteLifecyclePolicy: Handler<"ecr", "DeleteLifecyclePolicy", EcrState> = (input, state, call) => {
  const repositoryId = repositoryIdOf(input, call);
  const { lifecyclePolicy } = requireRepository(state, repositoryId);
  if (!lifecyclePolicy) throw lifecyclePolicyNotFound(repositoryId);
  changeRepository(state, repositoryId, { lifecyclePolicy: undefined });
  return {
    registryId: repositoryId.account,
    repositoryName: repositoryId.name,
    lifecyclePolicyText: lifecyclePolicy.text,
    lastEvaluatedAt: new Date(lifecyclePolicy.evaluatedAtMs),
  };
};
