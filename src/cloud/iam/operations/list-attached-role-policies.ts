import type { Handler } from "../../protocol/operation.js";
import { listPage } from "../pagination.js";
import { policyName } from "../policies/policy.js";
import { findRole } from "../roles/role.js";
import type { IamState } from "../state.js";

export const listAttachedRolePolicies: Handler<"iam", "ListAttachedRolePolicies", IamState> = (input, state, call) => {
  const { attached } = findRole(state, call, input.RoleName);
  const { items, ...rest } = listPage(attached, (arn) => arn, input);
  return { AttachedPolicies: items.map((arn) => ({ PolicyName: policyName(arn), PolicyArn: arn })), ...rest };
};
