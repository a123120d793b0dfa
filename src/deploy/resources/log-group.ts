import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { deploymentTag } from "../names.js";
import { type Context, checkOwned, type DeletableResource, type Found, type ResourceDefinition } from "./resource.js";

interface LogGroupAttributes {
  readonly retentionDays: number;
}

/** Lambda would create a group that never expires, at the account's cost. */
const defaultRetentionDays = 30;

/** The function's log group, created before the function writes to it, so that it has the deployment's tag. */
export const logGroup: ResourceDefinition<LogGroupAttributes> & DeletableResource = {
  kind: "log group",
  name: ({ names }) => names.logGroup,
  attributes: {
    retentionDays: {
      label: "retention",
      text: (days) => `${days} days`,
      desired: () => defaultRetentionDays,
      isKept: () => true,
    },
  },
  provider: {
    read: readLogGroup,

    async create(context, { retentionDays }) {
      const { aws, names } = context;
      await aws.logs.send(
        new CreateLogGroupCommand({ logGroupName: names.logGroup, tags: { [deploymentTag]: names.deployment } }),
      );
      return setRetention(context, retentionDays);
    },

    update: (context, { retentionDays }) => setRetention(context, retentionDays),

    async delete({ aws, names }) {
      await aws.logs.send(new DeleteLogGroupCommand({ logGroupName: names.logGroup }));
    },
  },
};

async function setRetention({ aws, names }: Context, retentionInDays: number) {
  await aws.logs.send(new PutRetentionPolicyCommand({ logGroupName: names.logGroup, retentionInDays }));
  return { detail: `retention ${retentionInDays} days` };
}

async function readLogGroup({ aws, names }: Context): Promise<Found<LogGroupAttributes> | undefined> {
  const { logGroups = [] } = await aws.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: names.logGroup }));
  const found = logGroups.find(({ logGroupName }) => logGroupName === names.logGroup);
  if (!found) return undefined;
  const resourceArn = found.logGroupArn ?? found.arn?.replace(/:\*$/, "");
  const { tags } = await aws.logs.send(new ListTagsForResourceCommand({ resourceArn }));
  checkOwned(`log group ${names.logGroup}`, tags, names.deployment);
  const { retentionInDays } = found;
  return { id: names.logGroup, attributes: retentionInDays === undefined ? {} : { retentionDays: retentionInDays } };
}
