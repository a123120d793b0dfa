import type { Handler } from "../../protocol/operation.js";
import { changeRole, findRole } from "../roles/role.js";
import type { IamState } from "../state.js";

export const untagRole: Handler<"iam", "UntagRole", IamState> = ({ RoleName, TagKeys }, state, call) => {
  const role = findRole(state, call, RoleName);
  changeRole(state, call, role, { tags: role.tags.filter(({ Key }) => !TagKeys.includes(Key)) });
  return {};
};
