import type { Handler } from "../../protocol/operation.js";
import { noSuchEntity } from "../errors.js";
import { checkArn } from "../policies/policy.js";
import { changeRole, findRole } from "../roles/role.js";
import type { IamState } from "../state.js";

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
