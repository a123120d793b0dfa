import type { Handler } from "../../protocol/operation.js";
import { findPolicy, findVersion } from "../policies/policy.js";
import { encodeDocument } from "../roles/role.js";
import type { IamState } from "../state.js";

export const getPolicyVersion: Handler<"iam", "GetPolicyVersion", IamState> = (input, state, call) => {
  const policy = findPolicy(state, call, input.PolicyArn);
  const version = findVersion(policy, input.VersionId);
  return {
    PolicyVersion: {
      Document: encodeDocument(version.document),
      VersionId: input.VersionId,
      IsDefaultVersion: version.number === policy.defaultVersion,
      CreateDate: version.created,
    },
  };
};
