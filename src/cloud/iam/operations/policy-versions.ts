import type { Handler } from "../../protocol/operation.js";
import { deleteConflict, limitExceeded } from "../errors.js";
import { toSecond } from "../names.js";
import { requireOwnPolicy, requirePolicy, requireVersion, versionId } from "../policies/policy.js";
import { parsePolicy } from "../policies/policy-document.js";
import { encodeDocument } from "../roles/role.js";
import type { IamState } from "../state.js";

/** AWS's quota for a policy. */
const versionsMax = 5;

export const createPolicyVersion: Handler<"iam", "CreatePolicyVersion", IamState> = (input, state, call) => {
  parsePolicy(input.PolicyDocument, "identity");
  const policy = requireOwnPolicy(state, call, input.PolicyArn);
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

export const getPolicyVersion: Handler<"iam", "GetPolicyVersion", IamState> = (input, state, call) => {
  const policy = requirePolicy(state, call, input.PolicyArn);
  const version = requireVersion(policy, input.VersionId);
  return {
    PolicyVersion: {
      Document: encodeDocument(version.document),
      VersionId: input.VersionId,
      IsDefaultVersion: version.number === policy.defaultVersion,
      CreateDate: version.created,
    },
  };
};

/** Newest first, on one page: a policy has at most five. */
export const listPolicyVersions: Handler<"iam", "ListPolicyVersions", IamState> = ({ PolicyArn }, state, call) => {
  const { versions, defaultVersion } = requirePolicy(state, call, PolicyArn);
  return {
    Versions: [...versions].reverse().map(({ number, created }) => ({
      VersionId: versionId(number),
      IsDefaultVersion: number === defaultVersion,
      CreateDate: created,
    })),
    IsTruncated: false,
  };
};

export const setDefaultPolicyVersion: Handler<"iam", "SetDefaultPolicyVersion", IamState> = (input, state, call) => {
  const policy = requireOwnPolicy(state, call, input.PolicyArn);
  const { number } = requireVersion(policy, input.VersionId);
  state.policies.put([call.account, policy.arn], { ...policy, defaultVersion: number });
  return {};
};

export const deletePolicyVersion: Handler<"iam", "DeletePolicyVersion", IamState> = (input, state, call) => {
  const policy = requireOwnPolicy(state, call, input.PolicyArn);
  const { number } = requireVersion(policy, input.VersionId);
  if (number === policy.defaultVersion) throw deleteConflict("Cannot delete the default version of a policy.");
  const versions = policy.versions.filter((version) => version.number !== number);
  state.policies.put([call.account, policy.arn], { ...policy, versions });
  return {};
};
