import type { Handler } from "../../protocol/operation.js";
import { alreadyExists, deleteConflict } from "../errors.js";
import { checkDescription, checkName, checkPath, toSecond, uniqueId, withTags } from "../names.js";
import { iamPage } from "../pagination.js";
import { managedPolicies } from "../policies/managed-policies.js";
import { describePolicy, requireOwnPolicy, requirePolicy, rolesWith } from "../policies/policy.js";
import { parsePolicy } from "../policies/policy-document.js";
import type { IamState, Policy } from "../state.js";

export const createPolicy: Handler<"iam", "CreatePolicy", IamState> = (input, state, call) => {
  const { PolicyName: name, Path: path = "/", PolicyDocument: document } = input;
  checkName("policyName", name);
  checkPath(path);
  checkDescription(input.Description);
  parsePolicy(document, "identity");
  const taken = state.policies.list([call.account]).some(({ document: policy }) => policy.name === name);
  if (taken) throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);

  const created = toSecond(state.clock.nowMs());
  const policy: Policy = {
    name,
    path,
    id: uniqueId("ANPA", state.random),
    arn: `arn:aws:iam::${call.account}:policy${path}${name}`,
    created,
    updated: created,
    description: input.Description,
    tags: withTags([], input.Tags),
    versions: [{ number: 1, created, document }],
    defaultVersion: 1,
  };
  state.policies.put([call.account, policy.arn], policy);
  return { Policy: describePolicy(policy, state, call) };
};

export const getPolicy: Handler<"iam", "GetPolicy", IamState> = ({ PolicyArn }, state, call) => ({
  Policy: describePolicy(requirePolicy(state, call, PolicyArn), state, call),
});

export const listPolicies: Handler<"iam", "ListPolicies", IamState> = (input, state, call) => {
  const { Scope: scope = "All", OnlyAttached: onlyAttached = false, PathPrefix: prefix = "/" } = input;
  const own = state.policies.keys([call.account]).flatMap(([, arn]) => arn ?? []);
  const found = [...(scope === "AWS" ? [] : own), ...(scope === "Local" ? [] : managedPolicies.keys())]
    .map((arn) => requirePolicy(state, call, arn))
    .filter(({ path }) => path.startsWith(prefix))
    .filter(({ arn }) => !onlyAttached || rolesWith(arn, state, call).length > 0);
  const { items, ...rest } = iamPage(found, ({ arn }) => arn, input);
  return { Policies: items.map((policy) => describePolicy(policy, state, call)), ...rest };
};

export const deletePolicy: Handler<"iam", "DeletePolicy", IamState> = ({ PolicyArn }, state, call) => {
  const policy = requireOwnPolicy(state, call, PolicyArn);
  if (rolesWith(policy.arn, state, call).length > 0)
    throw deleteConflict("Cannot delete a policy attached to entities.");
  if (policy.versions.length > 1)
    throw deleteConflict(
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    );
  state.policies.remove([call.account, policy.arn]);
  return {};
};
