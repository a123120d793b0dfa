import type { Handler } from "../../protocol/operation.js";
import { listPage } from "../pagination.js";
import { findPolicy, rolesWith } from "../policies/policy.js";
import { findRole } from "../roles/role.js";
import type { IamState } from "../state.js";

export const listEntitiesForPolicy: Handler<"iam", "ListEntitiesForPolicy", IamState> = (input, state, call) => {
  const { EntityFilter: filter = "Role" } = input;
  const { arn } = findPolicy(state, call, input.PolicyArn);
  const names = filter === "Role" ? rolesWith(arn, state, call) : [];
  const { items, ...rest } = listPage(names, (name) => name, input);
  const roles = items.map((name) => ({ RoleName: name, RoleId: findRole(state, call, name).id }));
  return { PolicyGroups: [], PolicyUsers: [], PolicyRoles: roles, ...rest };
};
