import type { Handler } from "../../protocol/operation.js";
import { limitExceeded } from "../errors.js";
import { findOwnPolicy, versionId } from "../policies/policy.js";
import { parsePolicy } from "../policies/policy-document.js";
import type { IamState } from "../state.js";
import { toSecond } from "../unique-id.js";

/** AWS's quota for a policy. */
const versionsMax = 5;

export const createPolicyVersion: Handler<"iam", "CreatePolicyVersion", IamState> = (input, state, call) => {
  parsePolicy(input.PolicyDocument, "identity");
  const policy = findOwnPolicy(state, call, input.PolicyArn);
  if (policy.versions.length >= versionsMax) {
    throw limitExceeded(
      `A managed policy can have up to ${versionsMax} versions. Before you create a new version, you must delete an existing version.`,
    );
  }
  const created = toSecond(state.clock.nowMs());
  const number = policy.versions.at(-1)!.number + 1;
  state.policies.put([call.account, policy.arn], {
    ...policy,
    updated: created,
    versions: [...policy.versions, { number, created, document: input.PolicyDocument }],
    defaultVersion: input.SetAsDefault ? number : policy.defaultVersion,
  });
  return {
    PolicyVersion: { VersionId: versionId(number), IsDefaultVersion: input.SetAsDefault ?? false, CreateDate: created },
  };
};
