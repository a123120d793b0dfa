import type { Handler } from "../../protocol/operation.js";
import { invalidParameter } from "../errors.js";
import type { LogEvent } from "../events/event-store.js";
import { pageBytesMax, takeBytes, timeRangeOf } from "../events/time-range.js";
import { groupNameOf } from "../names.js";
import { checkLimit, eventsMax } from "../pagination.js";
import type { LogsState } from "../state.js";
import { requireGroup, requireStream } from "../streams.js";

/** A position in the stream: after (f) or before (b) the event of an id. */
const tokenPattern = /^([fb])\/(\d{56})\/s$/;

/**
 * The events of one stream. Tokens point forward and backward from the page. At either end the response has the token
 * of the request, which is how clients detect the end.
 */
export const getLogEvents: Handler<"logs", "GetLogEvents", LogsState> = (input, state, call) => {
  const limit = checkLimit(input.limit, eventsMax);
  const position = parseToken(input.nextToken);
  const group = requireGroup(state, call, groupNameOf(input));
  const stream = requireStream(state, group, input.logStreamName);
  const events = state.events.read(group, { ...timeRangeOf(input), streams: [stream.name] });

  const page = pickPage(events, position, input.startFromHead ?? false, limit);
  const [first, last] = [page[0]?.id, page.at(-1)?.id];
  const fallback = position?.id ?? events.at(-1)?.id ?? "0".repeat(56);
  return {
    events: page.map(({ timestampMs, message, ingestionMs }) => ({
      timestamp: timestampMs,
      message,
      ingestionTime: ingestionMs,
    })),
    nextForwardToken: `f/${last ?? fallback}/s`,
    nextBackwardToken: `b/${first ?? fallback}/s`,
  };
};

interface Position {
  readonly forward: boolean;
  readonly id: string;
}

function parseToken(token: string | undefined): Position | undefined {
  if (token === undefined) return undefined;
  const [, direction, id] = tokenPattern.exec(token) ?? [];
  if (id === undefined) throw invalidParameter("The specified nextToken is invalid.");
  return { forward: direction === "f", id };
}

function pickPage(
  events: readonly LogEvent[],
  position: Position | undefined,
  startFromHead: boolean,
  limit: number,
): readonly LogEvent[] {
  const forward = position?.forward ?? startFromHead;
  const left = events.filter(({ id }) => !position || (forward ? id > position.id : id < position.id));
  if (forward) return takeBytes(left.slice(0, limit), pageBytesMax);
  return takeBytes(left.slice(-limit).reverse(), pageBytesMax).reverse();
}
