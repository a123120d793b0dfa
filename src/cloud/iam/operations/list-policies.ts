import type { Handler } from "../../protocol/operation.js";
import { listPage } from "../pagination.js";
import { managedPolicies } from "../policies/managed-policies.js";
import { describePolicy, findPolicy, rolesWith } from "../policies/policy.js";
import type { IamState } from "../state.js";

export const listPolicies: Handler<"iam", "ListPolicies", IamState> = (input, state, call) => {
  const { Scope: scope = "All", OnlyAttached: onlyAttached = false, PathPrefix: prefix = "/" } = input;
  const own = state.policies.keys([call.account]).flatMap(([, arn]) => arn ?? []);
  const found = [...(scope === "AWS" ? [] : own), ...(scope === "Local" ? [] : managedPolicies.keys())]
    .map((arn) => findPolicy(state, call, arn))
    .filter(({ path }) => path.startsWith(prefix))
    .filter(({ arn }) => !onlyAttached || rolesWith(arn, state, call).length > 0);
  const { items, ...rest } = listPage(found, ({ arn }) => arn, input);
  return { Policies: items.map((policy) => describePolicy(policy, state, call)), ...rest };
};
