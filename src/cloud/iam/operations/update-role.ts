import type { Handler } from "../../protocol/operation.js";
import { checkDescription, checkSessionSeconds } from "../names.js";
import { changeRole, findRole } from "../roles/role.js";
import type { IamState } from "../state.js";

export const updateRole: Handler<"iam", "UpdateRole", IamState> = (input, state, call) => {
  checkDescription(input.Description);
  checkSessionSeconds(input.MaxSessionDuration);
  const role = findRole(state, call, input.RoleName);
  changeRole(state, call, role, {
    description: input.Description ?? role.description,
    sessionSecondsMax: input.MaxSessionDuration ?? role.sessionSecondsMax,
  });
  return {};
};
