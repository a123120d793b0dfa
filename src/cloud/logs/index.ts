// CloudWatch Logs: what functions and stages wrote, to be read by `aws logs` and `tepal logs`.

import type { Operations } from "../protocol/operation.js";
import type { RunningService, ServiceContext } from "../service.js";
import type { LogSink } from "../service-interfaces.js";
import { createEventStore } from "./events/event-store.js";
import { createLogSink } from "./events/log-sink.js";
import { createLogGroup } from "./operations/create-log-group.js";
import { createLogStream } from "./operations/create-log-stream.js";
import { deleteLogGroup } from "./operations/delete-log-group.js";
import { deleteLogStream } from "./operations/delete-log-stream.js";
import { deleteRetentionPolicy } from "./operations/delete-retention-policy.js";
import { describeLogGroups } from "./operations/describe-log-groups.js";
import { describeLogStreams } from "./operations/describe-log-streams.js";
import { filterLogEvents } from "./operations/filter-log-events.js";
import { getLogEvents } from "./operations/get-log-events.js";
import { listTagsForResource } from "./operations/list-tags-for-resource.js";
import { listTagsLogGroup } from "./operations/list-tags-log-group.js";
import { putLogEvents } from "./operations/put-log-events.js";
import { putRetentionPolicy } from "./operations/put-retention-policy.js";
import { tagLogGroup } from "./operations/tag-log-group.js";
import { tagResource } from "./operations/tag-resource.js";
import { untagLogGroup } from "./operations/untag-log-group.js";
import { untagResource } from "./operations/untag-resource.js";
import type { LogGroup, LogStream, LogsState } from "./state.js";

const operations: Operations<"logs", LogsState> = {
  CreateLogGroup: createLogGroup,
  CreateLogStream: createLogStream,
  DeleteLogGroup: deleteLogGroup,
  DeleteLogStream: deleteLogStream,
  DeleteRetentionPolicy: deleteRetentionPolicy,
  DescribeLogGroups: describeLogGroups,
  DescribeLogStreams: describeLogStreams,
  FilterLogEvents: filterLogEvents,
  GetLogEvents: getLogEvents,
  ListTagsForResource: listTagsForResource,
  ListTagsLogGroup: listTagsLogGroup,
  PutLogEvents: putLogEvents,
  PutRetentionPolicy: putRetentionPolicy,
  TagLogGroup: tagLogGroup,
  TagResource: tagResource,
  UntagLogGroup: untagLogGroup,
  UntagResource: untagResource,
};

export function createLogs({
  store,
  clock,
  log,
}: ServiceContext): RunningService<"logs", LogsState> & { readonly logs: LogSink } {
  const state = {
    groups: store.collection<LogGroup>("logs-groups"),
    streams: store.collection<LogStream>("logs-streams"),
    events: createEventStore(store, clock),
    clock,
    write: <R>(work: () => R) => store.write(work),
  };
  const sink = createLogSink(state, log);
  return {
    service: { name: "logs", operations, state: { ...state, flush: sink.flush } },
    logs: sink,
    async reset() {
      sink.discard();
      state.events.reset();
    },
    async close() {
      sink.flush();
    },
  };
}
