// IAM: roles, their policies, and AWS's managed policies by ARN. Policies are validated and stored, not enforced.

import type { RunningService, ServiceContext } from "../service.js";
import type { TrustedRoles } from "../service-interfaces.js";
import { operations } from "./operations.js";
import { trustedRoles } from "./roles/trusted-roles.js";
import type { IamState } from "./state.js";

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
