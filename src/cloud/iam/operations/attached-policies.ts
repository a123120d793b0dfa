import type { Handler } from "../../protocol/operation.js";
import { limitExceeded, noSuchEntity } from "../errors.js";
import { iamPage } from "../pagination.js";
import { checkArn, findPolicy, policyName, requirePolicy, rolesWith } from "../policies/policy.js";
import { changeRole, requireRole } from "../roles/role.js";
import type { IamState } from "../state.js";

/** AWS's quota for a role. */
const attachedMax = 10;

/** Attaching a policy twice changes nothing. */
export const attachRolePolicy: Handler<"iam", "AttachRolePolicy", IamState> = (input, state, call) => {
  const role = requireRole(state, call, input.RoleName);
  const arn = findPolicy(state, call, input.PolicyArn)?.arn;
  if (arn === undefined) throw noSuchEntity(`Policy ${input.PolicyArn} does not exist or is not attachable.`);
  if (role.attached.includes(arn)) return {};
  if (role.attached.length >= attachedMax)
    throw limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${attachedMax}`);
  changeRole(state, call, role, { attached: [...role.attached, arn] });
  return {};
};

export const detachRolePolicy: Handler<"iam", "DetachRolePolicy", IamState> = (
  { RoleName, PolicyArn },
  state,
  call,
) => {
  checkArn(PolicyArn);
  const role = requireRole(state, call, RoleName);
  if (!role.attached.includes(PolicyArn)) throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
  changeRole(state, call, role, { attached: role.attached.filter((arn) => arn !== PolicyArn) });
  return {};
};

export const listAttachedRolePolicies: Handler<"iam", "ListAttachedRolePolicies", IamState> = (input, state, call) => {
  const { attached } = requireRole(state, call, input.RoleName);
  const { items, ...rest } = iamPage(attached, (arn) => arn, input);
  return { AttachedPolicies: items.map((arn) => ({ PolicyName: policyName(arn), PolicyArn: arn })), ...rest };
};

export const listEntitiesForPolicy: Handler<"iam", "ListEntitiesForPolicy", IamState> = (input, state, call) => {
  const { EntityFilter: filter = "Role" } = input;
  const { arn } = requirePolicy(state, call, input.PolicyArn);
  const names = filter === "Role" ? rolesWith(arn, state, call) : [];
  const { items, ...rest } = iamPage(names, (name) => name, input);
  const roles = items.map((name) => ({ RoleName: name, RoleId: requireRole(state, call, name).id }));
  return { PolicyGroups: [], PolicyUsers: [], PolicyRoles: roles, ...rest };
};
