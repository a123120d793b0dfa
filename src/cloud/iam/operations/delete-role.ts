import type { Handler } from "../../protocol/operation.js";
import { deleteConflict } from "../errors.js";
import { findRole } from "../roles/role.js";
import type { IamState } from "../state.js";

export const deleteRole: Handler<"iam", "DeleteRole", IamState> = ({ RoleName }, state, call) => {
  const role = findRole(state, call, RoleName);
  if (role.attached.length > 0) throw deleteConflict("Cannot delete entity, must detach all policies first.");
  if (Object.keys(role.inline).length > 0) throw deleteConflict("Cannot delete entity, must delete policies first.");
  state.roles.remove([call.account, role.name]);
  return {};
};
