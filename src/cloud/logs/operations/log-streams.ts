import type * as Logs from "@aws-sdk/client-cloudwatch-logs";

import type { Handler } from "../../protocol/operation.js";
import { alreadyExists, invalidParameter } from "../errors.js";
import { checkGroupName, checkStreamName, groupNameOf } from "../names.js";
import { checkLimit, logsPage, pageItemsMax } from "../pagination.js";
import type { LogGroup, LogStream, LogsState } from "../state.js";
import { newStream, requireGroup, requireStream, streamArn, streamKey } from "../streams.js";

export const createLogStream: Handler<"logs", "CreateLogStream", LogsState> = (input, state, call) => {
  const { logGroupName, logStreamName: name } = input;
  checkGroupName(logGroupName);
  checkStreamName(name);
  const group = requireGroup(state, call, logGroupName);
  const key = streamKey(group, name);
  if (state.streams.get(key)) throw alreadyExists("log stream");
  state.streams.put(key, newStream(group, name, state.clock.nowMs()));
  return {};
};

const timeDigits = 16;

export const describeLogStreams: Handler<"logs", "DescribeLogStreams", LogsState> = (input, state, call) => {
  const { orderBy = "LogStreamName", logStreamNamePrefix: prefix } = input;
  if (orderBy === "LastEventTime" && prefix !== undefined)
    throw invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
  checkStreamName(prefix);
  checkLimit(input.limit, pageItemsMax);
  const group = requireGroup(state, call, groupNameOf(input));
  const found = state.streams
    .list([group.account, group.region, group.name])
    .map(({ document }) => document)
    .filter(({ name }) => name.startsWith(prefix ?? ""));
  const keyOf = orderBy === "LastEventTime" ? timeAndName : ({ name }: LogStream) => name;
  const { items, nextToken } = logsPage(found, keyOf, input);
  return { logStreams: items.map((stream) => describeStream(group, stream)), nextToken };
};

function timeAndName({ name, lastEventMs = 0 }: LogStream): string {
  return `${String(lastEventMs).padStart(timeDigits, "0")} ${name}`;
}

function describeStream(group: LogGroup, stream: LogStream): Logs.LogStream {
  return {
    logStreamName: stream.name,
    creationTime: stream.createdMs,
    firstEventTimestamp: stream.firstEventMs,
    lastEventTimestamp: stream.lastEventMs,
    lastIngestionTime: stream.lastIngestionMs,
    arn: streamArn(group, stream.name),
    // AWS has returned zero for streams since 2019.
    storedBytes: 0,
  };
}

export const deleteLogStream: Handler<"logs", "DeleteLogStream", LogsState> = (input, state, call) => {
  const group = requireGroup(state, call, input.logGroupName);
  const { name } = requireStream(state, group, input.logStreamName);
  state.write(() => {
    state.events.remove(group, name);
    state.streams.remove(streamKey(group, name));
  });
  return {};
};
