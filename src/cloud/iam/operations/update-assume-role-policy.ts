import type { Handler } from "../../protocol/operation.js";
import { parsePolicy } from "../policies/policy-document.js";
import { changeRole, findRole } from "../roles/role.js";
import type { IamState } from "../state.js";

export const updateAssumeRolePolicy: Handler<"iam", "UpdateAssumeRolePolicy", IamState> = (input, state, call) => {
  parsePolicy(input.PolicyDocument, "trust");
  changeRole(state, call, findRole(state, call, input.RoleName), { trustPolicy: input.PolicyDocument });
  return {};
};
