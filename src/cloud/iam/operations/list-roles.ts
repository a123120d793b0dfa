import type { Handler } from "../../protocol/operation.js";
import { listPage } from "../pagination.js";
import { summarizeRole } from "../roles/role.js";
import type { IamState } from "../state.js";

export const listRoles: Handler<"iam", "ListRoles", IamState> = (input, { roles }, { account }) => {
  const { PathPrefix: prefix = "/" } = input;
  const found = roles.list([account]).flatMap(({ document }) => (document.path.startsWith(prefix) ? document : []));
  const { items, ...rest } = listPage(found, ({ name }) => name, input);
  return { Roles: items.map(summarizeRole), ...rest };
};
