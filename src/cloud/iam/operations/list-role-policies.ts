import type { Handler } from "../../protocol/operation.js";
import { listPage } from "../pagination.js";
import { findRole } from "../roles/role.js";
import type { IamState } from "../state.js";

export const listRolePolicies: Handler<"iam", "ListRolePolicies", IamState> = (input, state, call) => {
  const names = Object.keys(findRole(state, call, input.RoleName).inline);
  const { items, ...rest } = listPage(names, (name) => name, input);
  return { PolicyNames: items, ...rest };
};
