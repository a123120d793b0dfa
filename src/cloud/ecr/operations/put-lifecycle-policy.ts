import type { Handler } from "../../protocol/operation.js";
import { changeRepository } from "../content/repositories.js";
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
