import type { Handler } from "../../protocol/operation.js";
import { findRole } from "../roles/role.js";
import type { IamState } from "../state.js";

/** Instance profiles belong to EC2, which this cloud does not have: no role is in one. Terraform asks before it deletes a role. */
export const listInstanceProfilesForRole: Handler<"iam", "ListInstanceProfilesForRole", IamState> = (
  { RoleName },
  state,
  call,
) => {
  findRole(state, call, RoleName);
  return { InstanceProfiles: [], IsTruncated: false };
};
