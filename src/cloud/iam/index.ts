// IAM: roles, their policies, and AWS's managed policies by ARN. Policies are kept and checked, not enforced.

import type { Operations } from "../protocol/operation.js";
import type { RunningService, ServiceContext } from "../service.js";
import type { TrustedRoles } from "../service-interfaces.js";
import { attachRolePolicy } from "./operations/attach-role-policy.js";
import { createPolicy } from "./operations/create-policy.js";
import { createPolicyVersion } from "./operations/create-policy-version.js";
import { createRole } from "./operations/create-role.js";
import { deletePolicy } from "./operations/delete-policy.js";
import { deletePolicyVersion } from "./operations/delete-policy-version.js";
import { deleteRole } from "./operations/delete-role.js";
import { deleteRolePolicy } from "./operations/delete-role-policy.js";
import { detachRolePolicy } from "./operations/detach-role-policy.js";
import { getPolicy } from "./operations/get-policy.js";
import { getPolicyVersion } from "./operations/get-policy-version.js";
import { getRole } from "./operations/get-role.js";
import { getRolePolicy } from "./operations/get-role-policy.js";
import { listAttachedRolePolicies } from "./operations/list-attached-role-policies.js";
import { listEntitiesForPolicy } from "./operations/list-entities-for-policy.js";
import { listInstanceProfilesForRole } from "./operations/list-instance-profiles-for-role.js";
import { listPolicies } from "./operations/list-policies.js";
import { listPolicyVersions } from "./operations/list-policy-versions.js";
import { listRolePolicies } from "./operations/list-role-policies.js";
import { listRoleTags } from "./operations/list-role-tags.js";
import { listRoles } from "./operations/list-roles.js";
import { putRolePolicy } from "./operations/put-role-policy.js";
import { setDefaultPolicyVersion } from "./operations/set-default-policy-version.js";
import { tagRole } from "./operations/tag-role.js";
import { untagRole } from "./operations/untag-role.js";
import { updateAssumeRolePolicy } from "./operations/update-assume-role-policy.js";
import { updateRole } from "./operations/update-role.js";
import { updateRoleDescription } from "./operations/update-role-description.js";
import { trustedRoles } from "./roles/trusted-roles.js";
import type { IamState } from "./state.js";

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
