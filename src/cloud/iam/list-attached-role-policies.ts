import type { Handler } from "../protocol/operation.js";
import { listPage } from "./paging.js";
import { policyName } from "./policy.js";
import { findRole } from "./role.js";
import type { IamState } from "./state.js";

export const listAttachedRolePolicies: Handler<"iam", "ListAttachedRolePolicies", IamState> = (input, state, call) => {
  const { attached } = findRole(state, call, input.RoleName);
  const { items, ...rest } = listPage(attached, (arn) => arn, input);
  return { AttachedPolicies: items.map((arn) => ({ PolicyName: policyName(arn), PolicyArn: arn })), ...rest };
};
