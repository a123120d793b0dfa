import type { Handler } from "../../protocol/operation.js";
import { alreadyExists } from "../errors.js";
import { checkDescription, checkName, checkPath, checkSessionSeconds, withTags } from "../names.js";
import { parsePolicy } from "../policies/policy-document.js";
import { describeRole } from "../roles/role.js";
import type { IamState, Role } from "../state.js";
import { toSecond, uniqueId } from "../unique-id.js";

const sessionSecondsDefault = 3600;

export const createRole: Handler<"iam", "CreateRole", IamState> = (input, { roles, clock, random }, { account }) => {
  const { RoleName: name, Path: path = "/", MaxSessionDuration: sessionSecondsMax = sessionSecondsDefault } = input;
  checkName("roleName", name);
  checkPath(path);
  checkDescription(input.Description);
  checkSessionSeconds(sessionSecondsMax);
  parsePolicy(input.AssumeRolePolicyDocument, "trust");
  // Names are told apart without regard to case, though they keep it.
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
