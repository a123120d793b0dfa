import type { Handler } from "../../protocol/operation.js";
import { alreadyExists, deleteConflict } from "../errors.js";
import { checkDescription, checkName, checkPath, checkSessionSeconds, toSecond, uniqueId, withTags } from "../names.js";
import { iamPage } from "../pagination.js";
import { parsePolicy } from "../policies/policy-document.js";
import { changeRole, describeRole, requireRole, summarizeRole } from "../roles/role.js";
import type { IamState, Role } from "../state.js";

const sessionSecondsDefault = 3600;

export const createRole: Handler<"iam", "CreateRole", IamState> = (input, { roles, clock, random }, { account }) => {
  const { RoleName: name, Path: path = "/", MaxSessionDuration: sessionSecondsMax = sessionSecondsDefault } = input;
  checkName("roleName", name);
  checkPath(path);
  checkDescription(input.Description);
  checkSessionSeconds(sessionSecondsMax);
  parsePolicy(input.AssumeRolePolicyDocument, "trust");
  // Names are unique without regard to case, although their case is stored.
  if (roles.keys([account]).some(([, taken]) => taken?.toLowerCase() === name.toLowerCase()))
    throw alreadyExists(`Role with name ${name} already exists.`);

  const role: Role = {
    name,
    path,
    id: uniqueId("AROA", random),
    arn: `arn:aws:iam::${account}:role${path}${name}`,
    created: toSecond(clock.nowMs()),
    description: input.Description,
    sessionSecondsMax,
    permissionsBoundary: input.PermissionsBoundary,
    trustPolicy: input.AssumeRolePolicyDocument,
    tags: withTags([], input.Tags),
    attached: [],
    inline: {},
  };
  roles.put([account, name], role);
  return { Role: describeRole(role) };
};

export const getRole: Handler<"iam", "GetRole", IamState> = ({ RoleName }, state, call) => {
  checkName("roleName", RoleName);
  return { Role: describeRole(requireRole(state, call, RoleName)) };
};

export const listRoles: Handler<"iam", "ListRoles", IamState> = (input, { roles }, { account }) => {
  const { PathPrefix: prefix = "/" } = input;
  const found = roles.list([account]).flatMap(({ document }) => (document.path.startsWith(prefix) ? document : []));
  const { items, ...rest } = iamPage(found, ({ name }) => name, input);
  return { Roles: items.map(summarizeRole), ...rest };
};

export const updateRole: Handler<"iam", "UpdateRole", IamState> = (input, state, call) => {
  checkDescription(input.Description);
  checkSessionSeconds(input.MaxSessionDuration);
  const role = requireRole(state, call, input.RoleName);
  changeRole(state, call, role, {
    description: input.Description ?? role.description,
    sessionSecondsMax: input.MaxSessionDuration ?? role.sessionSecondsMax,
  });
  return {};
};

export const updateRoleDescription: Handler<"iam", "UpdateRoleDescription", IamState> = (input, state, call) => {
  checkDescription(input.Description);
  changeRole(state, call, requireRole(state, call, input.RoleName), { description: input.Description });
  return { Role: describeRole(requireRole(state, call, input.RoleName)) };
};

export const updateAssumeRolePolicy: Handler<"iam", "UpdateAssumeRolePolicy", IamState> = (input, state, call) => {
  parsePolicy(input.PolicyDocument, "trust");
  changeRole(state, call, requireRole(state, call, input.RoleName), { trustPolicy: input.PolicyDocument });
  return {};
};

export const deleteRole: Handler<"iam", "DeleteRole", IamState> = ({ RoleName }, state, call) => {
  const role = requireRole(state, call, RoleName);
  if (role.attached.length > 0) throw deleteConflict("Cannot delete entity, must detach all policies first.");
  if (Object.keys(role.inline).length > 0) throw deleteConflict("Cannot delete entity, must delete policies first.");
  state.roles.remove([call.account, role.name]);
  return {};
};

/** No role is in an instance profile, because this cloud has no EC2. Terraform calls this before it deletes a role. */
export const listInstanceProfilesForRole: Handler<"iam", "ListInstanceProfilesForRole", IamState> = (
  { RoleName },
  state,
  call,
) => {
  requireRole(state, call, RoleName);
  return { InstanceProfiles: [], IsTruncated: false };
};
