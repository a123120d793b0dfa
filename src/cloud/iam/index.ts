// IAM: roles, their policies, and AWS's managed policies by ARN. Policies are kept and checked, not enforced.

import type { Operations } from "../protocol/operation.js";
import type { RunningService, ServiceContext } from "../service.js";
import type { TrustedRoles } from "../service-interfaces.js";
import { attachRolePolicy } from "./attach-role-policy.js";
import { createPolicy } from "./create-policy.js";
import { createPolicyVersion } from "./create-policy-version.js";
import { createRole } from "./create-role.js";
import { deletePolicy } from "./delete-policy.js";
import { deletePolicyVersion } from "./delete-policy-version.js";
import { deleteRole } from "./delete-role.js";
import { deleteRolePolicy } from "./delete-role-policy.js";
import { detachRolePolicy } from "./detach-role-policy.js";
import { getPolicy } from "./get-policy.js";
import { getPolicyVersion } from "./get-policy-version.js";
import { getRole } from "./get-role.js";
import { getRolePolicy } from "./get-role-policy.js";
import { listAttachedRolePolicies } from "./list-attached-role-policies.js";
import { listEntitiesForPolicy } from "./list-entities-for-policy.js";
import { listInstanceProfilesForRole } from "./list-instance-profiles-for-role.js";
import { listPolicies } from "./list-policies.js";
import { listPolicyVersions } from "./list-policy-versions.js";
import { listRolePolicies } from "./list-role-policies.js";
import { listRoleTags } from "./list-role-tags.js";
import { listRoles } from "./list-roles.js";
import { putRolePolicy } from "./put-role-policy.js";
import { setDefaultPolicyVersion } from "./set-default-policy-version.js";
import type { IamState } from "./state.js";
import { tagRole } from "./tag-role.js";
import { trustedRoles } from "./trusted-roles.js";
import { untagRole } from "./untag-role.js";
import { updateAssumeRolePolicy } from "./update-assume-role-policy.js";
import { updateRole } from "./update-role.js";
import { updateRoleDescription } from "./update-role-description.js";

const operations: Operations<"iam", IamState> = {
  AttachRolePolicy: attachRolePolicy,
  CreatePolicy: createPolicy,
  CreatePolicyVersion: createPolicyVersion,
  CreateRole: createRole,
  DeletePolicy: deletePolicy,
  DeletePolicyVersion: deletePolicyVersion,
  DeleteRole: deleteRole,
  DeleteRolePolicy: deleteRolePolicy,
  DetachRolePolicy: detachRolePolicy,
  GetPolicy: getPolicy,
  GetPolicyVersion: getPolicyVersion,
  GetRole: getRole,
  GetRolePolicy: getRolePolicy,
  ListAttachedRolePolicies: listAttachedRolePolicies,
  ListEntitiesForPolicy: listEntitiesForPolicy,
  ListInstanceProfilesForRole: listInstanceProfilesForRole,
  ListPolicies: listPolicies,
  ListPolicyVersions: listPolicyVersions,
  ListRolePolicies: listRolePolicies,
  ListRoles: listRoles,
  ListRoleTags: listRoleTags,
  PutRolePolicy: putRolePolicy,
  SetDefaultPolicyVersion: setDefaultPolicyVersion,
  TagRole: tagRole,
  UntagRole: untagRole,
  UpdateAssumeRolePolicy: updateAssumeRolePolicy,
  UpdateRole: updateRole,
  UpdateRoleDescription: updateRoleDescription,
};

export function createIam({
  store,
  clock,
  random,
}: ServiceContext): RunningService<"iam", IamState> & { readonly roles: TrustedRoles } {
  const state: IamState = {
    roles: store.collection("iam-roles"),
    policies: store.collection("iam-policies"),
    clock,
    random,
  };
  return { service: { name: "iam", operations, state }, roles: trustedRoles(state) };
}
