import type { Handler } from "../../protocol/operation.js";
import { noSuchEntity } from "../errors.js";
import { changeRole, findRole } from "../roles/role.js";
import type { IamState } from "../state.js";

export const deleteRolePolicy: Handler<"iam", "DeleteRolePolicy", IamState> = (
  { RoleName, PolicyName },
  state,
  call,
) => {
  const role = findRole(state, call, RoleName);
  if (!Object.hasOwn(role.inline, PolicyName))
    throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
  const { [PolicyName]: _removed, ...inline } = role.inline;
  changeRole(state, call, role, { inline });
  return {};
};
