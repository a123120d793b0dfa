import type * as Iam from "@aws-sdk/client-iam";
import type { Call } from "../../protocol/operation.js";
import { noSuchEntity, validationFailure } from "../errors.js";
import type { IamState, Policy, PolicyVersion } from "../state.js";
import { type ManagedPolicy, managedPolicies } from "./managed-policies.js";

/**
 * The policy of an ARN, the account's own or one that AWS manages.
 * @throws AwsError ValidationError for a malformed ARN
 */
export function findPolicy({ policies }: IamState, { account }: Call, arn: string): Policy | undefined {
  checkArn(arn);
  const managed = managedPolicies.get(arn);
  return managed ? asPolicy(arn, managed) : policies.get([account, arn]);
}

/** @throws AwsError NoSuchEntityException, ValidationError */
export function requirePolicy(state: IamState, call: Call, arn: string): Policy {
  const policy = findPolicy(state, call, arn);
  if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

/** A policy of the account itself, which can be changed. @throws AwsError NoSuchEntityException, ValidationError */
export function requireOwnPolicy({ policies }: IamState, { account }: Call, arn: string): Policy {
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

/** The names of the roles to which a policy is attached. */
export function rolesWith(arn: string, { roles }: IamState, { account }: Call): string[] {
  return roles.list([account]).flatMap(({ document: role }) => (role.attached.includes(arn) ? role.name : []));
}

export function versionId(number: number): string {
  return `v${number}`;
}

/** The version of an id like `v2`. @throws AwsError NoSuchEntityException */
export function requireVersion(policy: Policy, id: string): PolicyVersion {
  const version = policy.versions.find(({ number }) => versionId(number) === id);
  if (!version) throw noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
  return version;
}

/** The name in an ARN: the part after its last slash. */
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

/**
 * AWS's ids of its own policies are arbitrary. Here they are derived from the name, so that they are the same in every
 * cloud.
 */
function managedPolicyId(name: string): string {
  return `ANPA${name
    .toUpperCase()
    .replace(/[^A-Z2-7]/g, "")
    .padEnd(17, "A")
    .slice(0, 17)}`;
}
