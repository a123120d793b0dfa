import type { Handler } from "../../protocol/operation.js";
import { findOwnPolicy, findVersion } from "../policies/policy.js";
import type { IamState } from "../state.js";

export const setDefaultPolicyVersion: Handler<"iam", "SetDefaultPolicyVersion", IamState> = (input, state, call) => {
  const policy = findOwnPolicy(state, call, input.PolicyArn);
  const { number } = findVersion(policy, input.VersionId);
  state.policies.put([call.account, policy.arn], { ...policy, defaultVersion: number });
  return {};
};
