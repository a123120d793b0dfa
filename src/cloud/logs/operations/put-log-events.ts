import type { Handler } from "../../protocol/operation.js";
import { invalidParameter } from "../errors.js";
import { eventBytes } from "../events/event-store.js";
import type { LogsState } from "../state.js";
import { appendEvents, requireGroup, requireStream } from "../streams.js";

/** AWS's limits for one request. */
const eventsMax = 10_000;
const batchBytesMax = 1_048_576;
const batchSpanMs = 24 * 3_600_000;
/** Events outside this range are not stored; the response says which. */
const futureMs = 2 * 3_600_000;
const pastMs = 14 * 24 * 3_600_000;

/** Sequence tokens are ignored, as by AWS since 2023. */
export const putLogEvents: Handler<"logs", "PutLogEvents", LogsState> = (input, state, call) => {
  const events = input.logEvents.map(({ timestamp = 0, message = "" }) => ({ timestampMs: timestamp, message }));
  const group = requireGroup(state, call, input.logGroupName);
  const stream = requireStream(state, group, input.logStreamName);
  const bytes = events.reduce((sum, { message }) => sum + eventBytes(message), 0);
  if (bytes > batchBytesMax)
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${batchBytesMax}`);
  if (events.length === 0 || events.length > eventsMax) {
    throw invalidParameter(
      `1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length between 1 and ${eventsMax}`,
    );
  }
  const isOrdered = events.every(({ timestampMs }, index) => timestampMs >= (events[index - 1]?.timestampMs ?? 0));
  if (!isOrdered) throw invalidParameter("Log events in a single PutLogEvents request must be in chronological order.");
  if (events.at(-1)!.timestampMs - events[0]!.timestampMs > batchSpanMs)
    throw invalidParameter("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");

  const nowMs = state.clock.nowMs();
  const tooOld = events.filter(({ timestampMs }) => timestampMs < nowMs - pastMs).length;
  const tooNewFrom = events.findIndex(({ timestampMs }) => timestampMs > nowMs + futureMs);
  const accepted = events.slice(tooOld, tooNewFrom < 0 ? undefined : tooNewFrom);
  state.write(() => appendEvents(state, group, stream, accepted));
  return {
    nextSequenceToken: String(nowMs).padStart(56, "4"),
    rejectedLogEventsInfo:
      accepted.length === events.length
        ? undefined
        : {
            tooNewLogEventStartIndex: tooNewFrom < 0 ? undefined : tooNewFrom,
            tooOldLogEventEndIndex: tooOld === 0 ? undefined : tooOld,
          },
  };
};
