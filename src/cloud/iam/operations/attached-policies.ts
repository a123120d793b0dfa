import { AwsError } from "../../protocol/aws-error.js";
import type { Handler } from "../../protocol/operation.js";
import { limitExceeded, noSuchEntity } from "../errors.js";
import { listPage } from "../pagination.js";
import { checkArn, findPolicy, policyName, rolesWith } from "../policies/policy.js";
import { changeRole, findRole } from "../roles/role.js";
import type { IamState } from "../state.js";

/** AWS's quota for a role. */
const attachedMax = 10;

/** Attaching what is attached already changes nothing. */
export const attachRolePolicy: Handler<"iam", "AttachRolePolicy", IamState> = (input, state, call) => {
  const role = findRole(state, call, input.RoleName);
  const arn = attachable(input.PolicyArn, state, call);
  if (role.attached.includes(arn)) return {};
  if (role.attached.length >= attachedMax)
    throw limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${attachedMax}`);
  changeRole(state, call, role, { attached: [...role.attached, arn] });
  return {};
};

/** The policy's ARN, when there is such a policy: here the missing are called unattachable. */
function attachable(arn: string, ...where: [IamState, Parameters<typeof findPolicy>[1]]): string {
  try {
    return findPolicy(...where, arn).arn;
  } catch (error) {
    const isMissing = error instanceof AwsError && error.code === "NoSuchEntity";
    throw isMissing ? noSuchEntity(`Policy ${arn} does not exist or is not attachable.`) : error;
  }
}

export const detachRolePolicy: Handler<"iam", "DetachRolePolicy", IamState> = (
  { RoleName, PolicyArn },
  state,
  call,
) => {
  checkArn(PolicyArn);
  const role = findRole(state, call, RoleName);
  if (!role.attached.includes(PolicyArn)) throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
  changeRole(state, call, role, { attached: role.attached.filter((arn) => arn !== PolicyArn) });
  return {};
};

export const listAttachedRolePolicies: Handler<"iam", "ListAttachedRolePolicies", IamState> = (input, state, call) => {
  const { attached } = findRole(state, call, input.RoleName);
  const { items, ...rest } = listPage(attached, (arn) => arn, input);
  return { AttachedPolicies: items.map((arn) => ({ PolicyName: policyName(arn), PolicyArn: arn })), ...rest };
};

export const listEntitiesForPolicy: Handler<"iam", "ListEntitiesForPolicy", IamState> = (input, state, call) => {
  const { EntityFilter: filter = "Role" } = input;
  const { arn } = findPolicy(state, call, input.PolicyArn);
  const names = filter === "Role" ? rolesWith(arn, state, call) : [];
  const { items, ...rest } = listPage(names, (name) => name, input);
  const roles = items.map((name) => ({ RoleName: name, RoleId: findRole(state, call, name).id }));
  return { PolicyGroups: [], PolicyUsers: [], PolicyRoles: roles, ...rest };
};
