import type { Handler } from "../../protocol/operation.js";
import { findPolicy, versionId } from "../policies/policy.js";
import type { IamState } from "../state.js";

/** Newest first, on one page: a policy has at most five. */
export const listPolicyVersions: Handler<"iam", "ListPolicyVersions", IamState> = ({ PolicyArn }, state, call) => {
  const { versions, defaultVersion } = findPolicy(state, call, PolicyArn);
  return {
    Versions: [...versions].reverse().map(({ number, created }) => ({
      VersionId: versionId(number),
      IsDefaultVersion: number === defaultVersion,
      CreateDate: created,
    })),
    IsTruncated: false,
  };
};
