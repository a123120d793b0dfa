import type { Handler } from "../../protocol/operation.js";
import { listPage } from "../pagination.js";
import { findRole } from "../roles/role.js";
import type { IamState } from "../state.js";

export const listRoleTags: Handler<"iam", "ListRoleTags", IamState> = (input, state, call) => {
  const { tags } = findRole(state, call, input.RoleName);
  const { items, ...rest } = listPage(tags, ({ Key }) => Key, input);
  return { Tags: items, ...rest };
};
