import type { Handler } from "../../protocol/operation.js";
import { alreadyExists } from "../errors.js";
import { checkDescription, checkName, checkPath, withTags } from "../names.js";
import { describePolicy } from "../policies/policy.js";
import { parsePolicy } from "../policies/policy-document.js";
import type { IamState, Policy } from "../state.js";
import { toSecond, uniqueId } from "../unique-id.js";

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
