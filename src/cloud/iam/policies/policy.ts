import type * as Iam from "@aws-sdk/client-iam";
import type { Call } from "../../protocol/operation.js";
import { noSuchEntity, validationFailure } from "../errors.js";
import type { IamState, Policy, PolicyVersion } from "../state.js";
import { type ManagedPolicy, managedPolicies } from "./managed-policies.js";

/** The policy of an ARN, the account's own or one that AWS manages. @throws AwsError NoSuchEntity, ValidationError */
export function findPolicy({ policies }: IamState, { account }: Call, arn: string): Policy {
  checkArn(arn);
  const managed = managedPolicies.get(arn);
  const policy = managed ? asPolicy(arn, managed) : policies.get([account, arn]);
  if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

/** The account's own policy of an ARN, to change it. @throws AwsError NoSuchEntity, ValidationError */
export function findOwnPolicy({ policies }: IamState, { account }: Call, arn: string): Policy {
  checkArn(arn);
  const policy = policies.get([account, arn]);
  if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

/** @throws AwsError ValidationError */
export function checkArn(arn: string): void {
  if (!/^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[\u0021-\u007e]+$/.test(arn))
    throw validationFailure(`ARN ${arn} is not valid.`);
}

export function describePolicy(policy: Policy, state: IamState, call: Call): Iam.Policy {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: versionId(policy.defaultVersion),
    AttachmentCount: rolesWith(policy.arn, state, call).length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: policy.created,
    UpdateDate: policy.updated,
    Tags: policy.tags.length > 0 ? [...policy.tags] : undefined,
  };
}

/** Names of the roles to which a policy is attached. */
export function rolesWith(arn: string, { roles }: IamState, { account }: Call): string[] {
  return roles.list([account]).flatMap(({ document: role }) => (role.attached.includes(arn) ? role.name : []));
}

export function versionId(number: number): string {
  return `v${number}`;
}

/** The version that an id like `v2` names. @throws AwsError NoSuchEntity */
export function findVersion(policy: Policy, id: string): PolicyVersion {
  const version = policy.versions.find(({ number }) => versionId(number) === id);
  if (!version) throw noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
  return version;
}

/** The name in an ARN: what stands after its last slash. */
export function policyName(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

function asPolicy(arn: string, { name, path, version, created, updated, document }: ManagedPolicy): Policy {
  const number = Number(version.slice(1));
  return {
    name,
    path,
    id: managedPolicyId(name),
    arn,
    created: new Date(created),
    updated: new Date(updated),
    description: undefined,
    tags: [],
    versions: [{ number, created: new Date(updated), document }],
    defaultVersion: number,
  };
}

/** AWS's ids of its policies say nothing; here they are made from the name, so that they stay the same. */
function managedPolicyId(name: string): string {
  return `ANPA${name
    .toUpperCase()
    .replace(/[^A-Z2-7]/g, "")
    .padEnd(17, "A")
    .slice(0, 17)}`;
}
