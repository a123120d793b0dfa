import type { Handler } from "../../protocol/operation.js";
import { deleteConflict } from "../errors.js";
import { findOwnPolicy, rolesWith } from "../policies/policy.js";
import type { IamState } from "../state.js";

export const deletePolicy: Handler<"iam", "DeletePolicy", IamState> = ({ PolicyArn }, state, call) => {
  const policy = findOwnPolicy(state, call, PolicyArn);
  if (rolesWith(policy.arn, state, call).length > 0)
    throw deleteConflict("Cannot delete a policy attached to entities.");
  if (policy.versions.length > 1)
    throw deleteConflict(
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    );
  state.policies.remove([call.account, policy.arn]);
  return {};
};
