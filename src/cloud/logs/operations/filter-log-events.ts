import type { Handler } from "../../protocol/operation.js";
import { invalidParameter } from "../errors.js";
import { matches, parseFilterPattern } from "../events/filter-pattern.js";
import { pageBytesMax, takeBytes } from "../events/time-range.js";
import { groupNameOf } from "../names.js";
import { checkLimit, eventsMax } from "../pagination.js";
import type { LogsState } from "../state.js";
import { requireGroup } from "../streams.js";

/** Events of a group's streams, interleaved by time. A token is the id of the last event of the page before. */
export const filterLogEvents: Handler<"logs", "FilterLogEvents", LogsState> = (input, state, call) => {
  const { logStreamNames, logStreamNamePrefix: prefix, nextToken } = input;
  if (logStreamNames && prefix !== undefined)
    throw invalidParameter("Cannot specify both logStreamNames and logStreamNamePrefix.");
  if (nextToken !== undefined && !/^\d{56}$/.test(nextToken))
    throw invalidParameter("The specified nextToken is invalid.");
  const limit = checkLimit(input.limit, eventsMax);
  const pattern = parseFilterPattern(input.filterPattern ?? "");
  const group = requireGroup(state, call, groupNameOf(input));

  const found = state.events
    .read(group, {
      fromMs: input.startTime ?? Number.NEGATIVE_INFINITY,
      toMs: input.endTime ?? Number.POSITIVE_INFINITY,
      streams: logStreamNames,
    })
    .filter(({ id, stream, message }) => {
      const isLeft = nextToken === undefined || id > nextToken;
      return isLeft && stream.startsWith(prefix ?? "") && matches(pattern, message);
    });
  const page = takeBytes(found.slice(0, limit), pageBytesMax);
  return {
    events: page.map(({ id, stream, timestampMs, ingestionMs, message }) => ({
      logStreamName: stream,
      timestamp: timestampMs,
      message,
      ingestionTime: ingestionMs,
      eventId: id,
    })),
    searchedLogStreams: [],
    nextToken: page.length < found.length ? page.at(-1)?.id : undefined,
  };
};
