import type { Handler } from "../../protocol/operation.js";
import { checkName } from "../names.js";
import { parsePolicy } from "../policies/policy-document.js";
import { changeRole, findRole } from "../roles/role.js";
import type { IamState } from "../state.js";

export const putRolePolicy: Handler<"iam", "PutRolePolicy", IamState> = (input, state, call) => {
  checkName("policyName", input.PolicyName);
  parsePolicy(input.PolicyDocument, "identity");
  const role = findRole(state, call, input.RoleName);
  changeRole(state, call, role, { inline: { ...role.inline, [input.PolicyName]: input.PolicyDocument } });
  return {};
};
