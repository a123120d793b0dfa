// CloudWatch Logs: what functions and stages wrote, to be read by `aws logs` and `tepal logs`.

import type { Operations } from "../protocol/operation.js";
import type { RunningService, ServiceContext } from "../service.js";
import type { LogSink } from "../service-interfaces.js";
import { createLogGroup } from "./create-log-group.js";
import { createLogStream } from "./create-log-stream.js";
import { deleteLogGroup } from "./delete-log-group.js";
import { deleteLogStream } from "./delete-log-stream.js";
import { deleteRetentionPolicy } from "./delete-retention-policy.js";
import { describeLogGroups } from "./describe-log-groups.js";
import { describeLogStreams } from "./describe-log-streams.js";
import { createEventStore } from "./event-store.js";
import { filterLogEvents } from "./filter-log-events.js";
import { getLogEvents } from "./get-log-events.js";
import { listTagsForResource } from "./list-tags-for-resource.js";
import { listTagsLogGroup } from "./list-tags-log-group.js";
import { createLogSink } from "./log-sink.js";
import { putLogEvents } from "./put-log-events.js";
import { putRetentionPolicy } from "./put-retention-policy.js";
import type { LogGroup, LogStream, LogsState } from "./state.js";
import { tagLogGroup } from "./tag-log-group.js";
import { tagResource } from "./tag-resource.js";
import { untagLogGroup } from "./untag-log-group.js";
import { untagResource } from "./untag-resource.js";

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
