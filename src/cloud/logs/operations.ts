// The operations of CloudWatch Logs that this cloud implements.

import type { Operations } from "../protocol/operation.js";
import { filterLogEvents } from "./operations/filter-log-events.js";
import { getLogEvents } from "./operations/get-log-events.js";
import {
  createLogGroup,
  deleteLogGroup,
  deleteRetentionPolicy,
  describeLogGroups,
  putRetentionPolicy,
} from "./operations/log-groups.js";
import { createLogStream, deleteLogStream, describeLogStreams } from "./operations/log-streams.js";
import { putLogEvents } from "./operations/put-log-events.js";
import {
  listTagsForResource,
  listTagsLogGroup,
  tagLogGroup,
  tagResource,
  untagLogGroup,
  untagResource,
} from "./operations/tags.js";
import type { LogsState } from "./state.js";

export const operations: Operations<"logs", LogsState> = {
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
