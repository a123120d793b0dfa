import type { Handler } from "../../protocol/operation.js";
import { checkDescription } from "../names.js";
import { changeRole, describeRole, findRole } from "../roles/role.js";
import type { IamState } from "../state.js";

export const updateRoleDescription: Handler<"iam", "UpdateRoleDescription", IamState> = (input, state, call) => {
  checkDescription(input.Description);
  changeRole(state, call, findRole(state, call, input.RoleName), { description: input.Description });
  return { Role: describeRole(findRole(state, call, input.RoleName)) };
};
