import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { undefinedOn } from "../aws-errors.js";
import { deploymentTag, tagRecord } from "../names.js";
import { type Context, checkOwned, type DeletableResource, type Found, type ResourceDefinition } from "./resource.js";

interface RoleAttributes {
  /** JSON text. */
  readonly trustPolicy: string;
  /** ARN of the managed policy that lets the function write its log. */
  readonly logPolicy: string;
}

const trustPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** The function's execution role: it may write the function's log, and nothing else. */
export const role: ResourceDefinition<RoleAttributes> & DeletableResource = {
  kind: "role",
  name: ({ names }) => names.role,
  attributes: {
    trustPolicy: {
      label: "trust policy",
      text: (policy) => (policy === trustPolicy ? "of lambda.amazonaws.com" : policy),
      desired: () => trustPolicy,
    },
    logPolicy: {
      label: "policy",
      text: (arn) => arn.split("/").at(-1) ?? arn,
      desired: ({ names }) => logPolicyArn(names.roleArn),
    },
  },
  provider: {
    read: readRole,

    async create({ aws, names }, { trustPolicy, logPolicy }) {
      await aws.iam.send(
        new CreateRoleCommand({
          RoleName: names.role,
          AssumeRolePolicyDocument: trustPolicy,
          Description: `Runs the function of the Tepal deployment ${names.deployment}`,
          Tags: [{ Key: deploymentTag, Value: names.deployment }],
        }),
      );
      await aws.iam.send(new AttachRolePolicyCommand({ RoleName: names.role, PolicyArn: logPolicy }));
      return {};
    },

    async update({ aws, names }, { trustPolicy, logPolicy }, { attributes }) {
      if (attributes.trustPolicy !== trustPolicy) {
        await aws.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: names.role, PolicyDocument: trustPolicy }));
      }
      await aws.iam.send(new AttachRolePolicyCommand({ RoleName: names.role, PolicyArn: logPolicy }));
      return {};
    },

    /** IAM deletes a role only when nothing is attached to it: policies that were attached later are detached too. */
    async delete({ aws, names }) {
      const RoleName = names.role;
      const { AttachedPolicies = [] } = await aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
      for (const { PolicyArn } of AttachedPolicies) {
        await aws.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
      }
      const { PolicyNames = [] } = await aws.iam.send(new ListRolePoliciesCommand({ RoleName }));
      for (const PolicyName of PolicyNames) await aws.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
      await aws.iam.send(new DeleteRoleCommand({ RoleName }));
    },
  },
};

async function readRole({ aws, names }: Context): Promise<Found<RoleAttributes> | undefined> {
  const response = await undefinedOn(
    ["NoSuchEntityException"],
    aws.iam.send(new GetRoleCommand({ RoleName: names.role })),
  );
  if (!response?.Role) return undefined;
  checkOwned(`IAM role ${names.role}`, tagRecord(response.Role.Tags), names.deployment);
  const { AttachedPolicies = [] } = await aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: names.role }));
  const logPolicy = logPolicyArn(names.roleArn);
  const isAttached = AttachedPolicies.some(({ PolicyArn }) => PolicyArn === logPolicy);
  const trust = withoutSpaces(decodeURIComponent(response.Role.AssumeRolePolicyDocument ?? ""));
  return { id: names.role, attributes: { trustPolicy: trust, ...(isAttached ? { logPolicy } : {}) } };
}

/** AWS's own policy for functions that only log; its ARN is in the role's partition. */
function logPolicyArn(roleArn: string): string {
  return `arn:${roleArn.split(":")[1]}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`;
}

/** AWS returns a document as it was sent, except for spaces. */
function withoutSpaces(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    return json;
  }
}
