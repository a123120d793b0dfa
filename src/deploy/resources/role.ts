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
import { absentAs } from "../aws-errors.js";
import { deploymentTag, tagRecord } from "../names.js";
import { absent, type Context, checkOurs, oursOnly, type Removable, type ResourceDefinition } from "./resource.js";

interface SeenRole {
  /** The trust policy, JSON text. */
  readonly trust: string;
  readonly mayLog: boolean;
}

const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

/** The role that the function runs as: it may write its log, and nothing else. */
export const role: ResourceDefinition<SeenRole> = {
  kind: "role",
  name: ({ names }) => names.role,

  read: readRole,

  difference(seen) {
    if (!seen) return absent;
    const why = [
      ...(trusts(seen.trust) ? [] : ["Lambda may not assume it"]),
      ...(seen.mayLog ? [] : ["AWSLambdaBasicExecutionRole is not attached"]),
    ];
    return why.length > 0 ? { action: "update", why } : undefined;
  },

  async change({ aws, names }, seen) {
    if (!seen) {
      await aws.iam.send(
        new CreateRoleCommand({
          RoleName: names.role,
          AssumeRolePolicyDocument: JSON.stringify(trust),
          Description: `Runs the function of the Tepal deployment ${names.deployment}`,
          Tags: [{ Key: deploymentTag, Value: names.deployment }],
        }),
      );
    } else if (!trusts(seen.trust)) {
      await aws.iam.send(
        new UpdateAssumeRolePolicyCommand({ RoleName: names.role, PolicyDocument: JSON.stringify(trust) }),
      );
    }
    await aws.iam.send(new AttachRolePolicyCommand({ RoleName: names.role, PolicyArn: logPolicyArn(names.roleArn) }));
    return {};
  },
};

async function readRole({ aws, names }: Context): Promise<SeenRole | undefined> {
  const answer = await absentAs(["NoSuchEntityException"], aws.iam.send(new GetRoleCommand({ RoleName: names.role })));
  if (!answer?.Role) return undefined;
  checkOurs(`IAM role ${names.role}`, tagRecord(answer.Role.Tags), names.deployment);
  const { AttachedPolicies = [] } = await aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: names.role }));
  return {
    trust: decodeURIComponent(answer.Role.AssumeRolePolicyDocument ?? ""),
    mayLog: AttachedPolicies.some(({ PolicyArn }) => PolicyArn === logPolicyArn(names.roleArn)),
  };
}

/** IAM deletes a role only when nothing is attached to it: what somebody attached later is detached too. */
export async function removableRole(context: Context): Promise<Removable[]> {
  const { aws, names } = context;
  if (!(await oursOnly(() => readRole(context)))) return [];
  const RoleName = names.role;
  const remove = async () => {
    const { AttachedPolicies = [] } = await aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    for (const { PolicyArn } of AttachedPolicies) {
      await aws.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    }
    const { PolicyNames = [] } = await aws.iam.send(new ListRolePoliciesCommand({ RoleName }));
    for (const PolicyName of PolicyNames) await aws.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    await aws.iam.send(new DeleteRoleCommand({ RoleName }));
  };
  return [{ kind: "role", name: RoleName, remove }];
}

/** AWS's own policy for functions that only log; it is in the role's partition. */
function logPolicyArn(roleArn: string): string {
  return `arn:${roleArn.split(":")[1]}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`;
}

/** AWS gives the document back as it was given, but for spaces. */
function trusts(document: string): boolean {
  try {
    return JSON.stringify(JSON.parse(document)) === JSON.stringify(trust);
  } catch {
    return false;
  }
}
