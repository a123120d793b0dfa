import type { Handler } from "../../protocol/operation.js";
import { withTags } from "../names.js";
import { iamPage } from "../pagination.js";
import { changeRole, requireRole } from "../roles/role.js";
import type { IamState } from "../state.js";

export const tagRole: Handler<"iam", "TagRole", IamState> = ({ RoleName, Tags }, state, call) => {
  const role = requireRole(state, call, RoleName);
  changeRole(state, call, role, { tags: withTags(role.tags, Tags) });
  return {};
};

export const untagRole: Handler<"iam", "UntagRole", IamState> = ({ RoleName, TagKeys }, state, call) => {
  const role = requireRole(state, call, RoleName);
  changeRole(state, call, role, { tags: role.tags.filter(({ Key }) => !TagKeys.includes(Key)) });
  return {};
};

export const listRoleTags: Handler<"iam", "ListRoleTags", IamState> = (input, state, call) => {
  const { tags } = requireRole(state, call, input.RoleName);
  const { items, ...rest } = iamPage(tags, ({ Key }) => Key, input);
  return { Tags: items, ...rest };
};
