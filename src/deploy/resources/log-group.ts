import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { deploymentTag } from "../names.js";
import { absent, type Context, checkOurs, oursOnly, type Removable, type ResourceDefinition } from "./resource.js";

/** Lambda would make a group that keeps everything forever, at the account's cost. */
const retentionDays = 30;

interface SeenLogGroup {
  readonly retentionDays: number | undefined;
}

/** The function's log group. Made before the function logs, so that it is the deployment's own and goes with it. */
export const logGroup: ResourceDefinition<SeenLogGroup> = {
  kind: "log group",
  name: ({ names }) => names.logGroup,

  read: readLogGroup,

  difference(seen) {
    if (!seen) return absent;
    // Somebody's own choice of days stays; only a group that was cut off in the making has none.
    return seen.retentionDays === undefined ? { action: "update", why: ["it has no retention"] } : undefined;
  },

  async change({ aws, names }, seen) {
    if (!seen) {
      await aws.logs.send(
        new CreateLogGroupCommand({ logGroupName: names.logGroup, tags: { [deploymentTag]: names.deployment } }),
      );
    }
    await aws.logs.send(
      new PutRetentionPolicyCommand({ logGroupName: names.logGroup, retentionInDays: retentionDays }),
    );
    return { detail: `kept for ${retentionDays} days` };
  },
};

async function readLogGroup({ aws, names }: Context): Promise<SeenLogGroup | undefined> {
  const { logGroups = [] } = await aws.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: names.logGroup }));
  const found = logGroups.find(({ logGroupName }) => logGroupName === names.logGroup);
  if (!found) return undefined;
  const resourceArn = found.logGroupArn ?? found.arn?.replace(/:\*$/, "");
  const { tags } = await aws.logs.send(new ListTagsForResourceCommand({ resourceArn }));
  checkOurs(`log group ${names.logGroup}`, tags, names.deployment);
  return { retentionDays: found.retentionInDays };
}

export async function removableLogGroup(context: Context): Promise<Removable[]> {
  const { aws, names } = context;
  if (!(await oursOnly(() => readLogGroup(context)))) return [];
  const remove = async () => {
    await aws.logs.send(new DeleteLogGroupCommand({ logGroupName: names.logGroup }));
  };
  return [{ kind: "log group", name: names.logGroup, remove }];
}
