import type { Handler } from "../../protocol/operation.js";
import { changeRepository, requireRepository } from "../content/repositories.js";
import { lifecyclePolicyNotFound } from "../errors.js";
import { repositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";
import { policyTextOf } from "./policy-text.js";

/** The shape `LifecyclePolicyText` of ECR's service model. */
const policyBytesMax = 30_720;

/** The policy is remembered and shown; images stay until they are deleted. */
export const putLifecyclePolicy: Handler<"ecr", "PutLifecyclePolicy", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  const text = policyTextOf(input.lifecyclePolicyText, "LifecyclePolicyText", policyBytesMax);
  changeRepository(state, place, { lifecyclePolicy: { text, evaluatedAtMs: state.clock.nowMs() } });
  return { registryId: place.account, repositoryName: place.name, lifecyclePolicyText: text };
};

export const getLifecyclePolicy: Handler<"ecr", "GetLifecyclePolicy", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  const { lifecyclePolicy } = requireRepository(state, place);
  if (!lifecyclePolicy) throw lifecyclePolicyNotFound(place);
  return {
    registryId: place.account,
    repositoryName: place.name,
    lifecyclePolicyText: lifecyclePolicy.text,
    lastEvaluatedAt: new Date(lifecyclePolicy.evaluatedAtMs),
  };
};

export const deleteLifecyclePolicy: Handler<"ecr", "DeleteLifecyclePolicy", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  const { lifecyclePolicy } = requireRepository(state, place);
  if (!lifecyclePolicy) throw lifecyclePolicyNotFound(place);
  changeRepository(state, place, { lifecyclePolicy: undefined });
  return {
    registryId: place.account,
    repositoryName: place.name,
    lifecyclePolicyText: lifecyclePolicy.text,
    lastEvaluatedAt: new Date(lifecyclePolicy.evaluatedAtMs),
  };
};
