import type { Handler } from "../../protocol/operation.js";
import { checkName } from "../names.js";
import { describeRole, findRole } from "../roles/role.js";
import type { IamState } from "../state.js";

export const getRole: Handler<"iam", "GetRole", IamState> = ({ RoleName }, state, call) => {
  checkName("roleName", RoleName);
  return { Role: describeRole(findRole(state, call, RoleName)) };
};
