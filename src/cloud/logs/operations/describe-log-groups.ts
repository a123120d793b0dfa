import type * as Logs from "@aws-sdk/client-cloudwatch-logs";
import { pageOf } from "../../pagination.js";
import type { Handler } from "../../protocol/operation.js";
import { invalidParameter } from "../errors.js";
import { checkGroupName, checkLimit } from "../names.js";
import type { LogGroup, LogsState } from "../state.js";
import { groupArn } from "../streams.js";

/** AWS's own most. */
const groupsMax = 50;

export const describeLogGroups: Handler<"logs", "DescribeLogGroups", LogsState> = (input, state, call) => {
  const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern } = input;
  if (prefix !== undefined && pattern !== undefined)
    throw invalidParameter("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
  checkGroupName(prefix);
  state.flush();
  const groups = state.groups
    .list([call.account, call.region])
    .map(({ document }) => document)
    .filter(({ name }) => name.startsWith(prefix ?? "") && name.toLowerCase().includes((pattern ?? "").toLowerCase()));
  const page = pageOf(groups, ({ name }) => name, {
    token: input.nextToken,
    itemsMax: checkLimit(input.limit, groupsMax),
  });
  return { logGroups: page.items.map((group) => describeGroup(group, state)), nextToken: page.next };
};

function describeGroup(group: LogGroup, { events }: LogsState): Logs.LogGroup {
  const arn = groupArn(group);
  return {
    logGroupName: group.name,
    creationTime: group.createdMs,
    retentionInDays: group.retentionDays,
    metricFilterCount: 0,
    arn: `${arn}:*`,
    storedBytes: events.bytes(group),
    logGroupClass: "STANDARD",
    logGroupArn: arn,
  };
}
