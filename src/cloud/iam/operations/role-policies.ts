import type { Handler } from "../../protocol/operation.js";
import { noSuchEntity } from "../errors.js";
import { checkName } from "../names.js";
import { iamPage } from "../pagination.js";
import { parsePolicy } from "../policies/policy-document.js";
import { changeRole, encodeDocument, requireRole } from "../roles/role.js";
import type { IamState } from "../state.js";

export const putRolePolicy: Handler<"iam", "PutRolePolicy", IamState> = (input, state, call) => {
  checkName("policyName", input.PolicyName);
  parsePolicy(input.PolicyDocument, "identity");
  const role = requireRole(state, call, input.RoleName);
  changeRole(state, call, role, { inline: { ...role.inline, [input.PolicyName]: input.PolicyDocument } });
  return {};
};

export const getRolePolicy: Handler<"iam", "GetRolePolicy", IamState> = ({ RoleName, PolicyName }, state, call) => {
  const { inline } = requireRole(state, call, RoleName);
  const document = Object.hasOwn(inline, PolicyName) ? inline[PolicyName] : undefined;
  if (document === undefined) throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
  return { RoleName, PolicyName, PolicyDocument: encodeDocument(document) };
};

export const listRolePolicies: Handler<"iam", "ListRolePolicies", IamState> = (input, state, call) => {
  const names = Object.keys(requireRole(state, call, input.RoleName).inline);
  const { items, ...rest } = iamPage(names, (name) => name, input);
  return { PolicyNames: items, ...rest };
};

export const deleteRolePolicy: Handler<"iam", "DeleteRolePolicy", IamState> = (
  { RoleName, PolicyName },
  state,
  call,
) => {
  const role = requireRole(state, call, RoleName);
  if (!Object.hasOwn(role.inline, PolicyName))
    throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
  const { [PolicyName]: _removed, ...inline } = role.inline;
  changeRole(state, call, role, { inline });
  return {};
};
