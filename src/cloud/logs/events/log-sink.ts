// Where functions' lines come in: many, in small pieces, on the path of a request. They are gathered for a moment and stored together.

import type { Log } from "../../../base/index.js";
import type { LogSink, Place } from "../../service-interfaces.js";
import type { LogsState } from "../state.js";
import { appendEvents, newGroup, newStream, streamKey } from "../streams.js";
import { eventBytes, type NewEvent } from "./event-store.js";

/** How long a line may wait; a cloud that is killed loses at most these. */
const waitMs = 100;
/** Lines beyond this are stored at once: what waits is held in memory. */
const waitingBytesMax = 4 * 1024 * 1024;

interface Waiting {
  readonly place: Place;
  readonly group: string;
  readonly stream: string;
  readonly events: NewEvent[];
}

export interface BufferedLogSink extends LogSink {
  /** Stores what waits. Readers call it first, so that nobody misses a line. */
  flush(): void;
  /** Drops what waits. */
  discard(): void;
}

export function createLogSink(state: Omit<LogsState, "flush">, log: Log): BufferedLogSink {
  let waiting = new Map<string, Waiting>();
  let bytes = 0;
  let timer: NodeJS.Timeout | undefined;

  const take = () => {
    clearTimeout(timer);
    timer = undefined;
    const taken = waiting;
    waiting = new Map();
    bytes = 0;
    return taken.values();
  };
  const flush = () => {
    if (waiting.size === 0) return;
    state.write(() => {
      for (const { place, group, stream, events } of take()) {
        const nowMs = state.clock.nowMs();
        const groupKey = [place.account, place.region, group];
        const inGroup = state.groups.get(groupKey) ?? newGroup(place, group, nowMs);
        if (!state.groups.get(groupKey)) state.groups.put(groupKey, inGroup);
        const known = state.streams.get(streamKey(inGroup, stream));
        appendEvents(state, inGroup, known ?? newStream(inGroup, stream, nowMs), events);
      }
    });
  };
  const flushLater = () => {
    timer ??= setTimeout(() => {
      try {
        flush();
      } catch (error) {
        log.warn(`Log lines could not be stored: ${error instanceof Error ? error.message : String(error)}`);
      }
    }, waitMs).unref();
  };

  return {
    flush,
    discard: () => void take(),
    append({ account, region, group, stream }, events) {
      const id = `${account}\n${region}\n${group}\n${stream}`;
      const there = waiting.get(id);
      if (there) there.events.push(...events);
      else waiting.set(id, { place: { account, region }, group, stream, events: [...events] });
      for (const { message } of events) bytes += eventBytes(message);
      if (bytes > waitingBytesMax) flush();
      else flushLater();
    },
  };
}
