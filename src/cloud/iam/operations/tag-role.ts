import type { Handler } from "../../protocol/operation.js";
import { withTags } from "../names.js";
import { changeRole, findRole } from "../roles/role.js";
import type { IamState } from "../state.js";

export const tagRole: Handler<"iam", "TagRole", IamState> = ({ RoleName, Tags }, state, call) => {
  const role = findRole(state, call, RoleName);
  changeRole(state, call, role, { tags: withTags(role.tags, Tags) });
  return {};
};
