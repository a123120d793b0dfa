import type * as Logs from "@aws-sdk/client-cloudwatch-logs";

import type { Handler } from "../../protocol/operation.js";
import { alreadyExists, invalidParameter } from "../errors.js";
import { checkGroupName, withTags } from "../names.js";
import { logsPage } from "../pagination.js";
import type { LogGroup, LogsState } from "../state.js";
import { groupArn, newGroup, requireGroup } from "../streams.js";

export const createLogGroup: Handler<"logs", "CreateLogGroup", LogsState> = (input, { groups, clock }, call) => {
  const { logGroupName: name } = input;
  checkGroupName(name);
  const key = [call.account, call.region, name];
  if (groups.get(key)) throw alreadyExists("log group");
  groups.put(key, { ...newGroup(call, name, clock.nowMs()), tags: withTags({}, input.tags) });
  return {};
};

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
  const { items, nextToken } = logsPage(groups, ({ name }) => name, input);
  return { logGroups: items.map((group) => describeGroup(group, state)), nextToken };
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

/** The numbers of days that AWS accepts. */
const allowedDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const putRetentionPolicy: Handler<"logs", "PutRetentionPolicy", LogsState> = (input, state, call) => {
  const { retentionInDays: days } = input;
  if (!allowedDays.includes(days)) {
    throw invalidParameter(
      `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${allowedDays.join(", ")}]`,
    );
  }
  const group = requireGroup(state, call, input.logGroupName);
  state.groups.put([call.account, call.region, group.name], { ...group, retentionDays: days });
  return {};
};

export const deleteRetentionPolicy: Handler<"logs", "DeleteRetentionPolicy", LogsState> = (input, state, call) => {
  const group = requireGroup(state, call, input.logGroupName);
  state.groups.put([call.account, call.region, group.name], { ...group, retentionDays: undefined });
  return {};
};

export const deleteLogGroup: Handler<"logs", "DeleteLogGroup", LogsState> = ({ logGroupName }, state, call) => {
  const group = requireGroup(state, call, logGroupName);
  const key = [call.account, call.region, group.name];
  state.write(() => {
    state.events.remove(group);
    for (const stream of state.streams.keys(key)) state.streams.remove(stream);
    state.groups.remove(key);
  });
  return {};
};
