import type { Handler } from "../../protocol/operation.js";
import { deleteConflict } from "../errors.js";
import { findOwnPolicy, findVersion } from "../policies/policy.js";
import type { IamState } from "../state.js";

export const deletePolicyVersion: Handler<"iam", "DeletePolicyVersion", IamState> = (input, state, call) => {
  const policy = findOwnPolicy(state, call, input.PolicyArn);
  const { number } = findVersion(policy, input.VersionId);
  if (number === policy.defaultVersion) throw deleteConflict("Cannot delete the default version of a policy.");
  const versions = policy.versions.filter((version) => version.number !== number);
  state.policies.put([call.account, policy.arn], { ...policy, versions });
  return {};
};
