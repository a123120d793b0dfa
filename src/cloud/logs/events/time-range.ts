import { eventBytes, type LogEvent } from "./event-store.js";

/** AWS's limit of one response. */
export const pageBytesMax = 1_048_576;

/** The range of GetLogEvents, which includes `startTime` but not `endTime`. */
export function timeRangeOf({
  startTime,
  endTime,
}: {
  readonly startTime?: number | undefined;
  readonly endTime?: number | undefined;
}): { readonly fromMs: number; readonly toMs: number } {
  return {
    fromMs: startTime ?? Number.NEGATIVE_INFINITY,
    toMs: endTime === undefined ? Number.POSITIVE_INFINITY : endTime - 1,
  };
}

/** The first events that fit; at least one, so that a reader makes progress. */
export function takeBytes(events: readonly LogEvent[], bytesMax: number): LogEvent[] {
  let bytes = 0;
  const end = events.findIndex(({ message }, index) => {
    bytes += eventBytes(message);
    return bytes > bytesMax && index > 0;
  });
  return events.slice(0, end < 0 ? undefined : end);
}
