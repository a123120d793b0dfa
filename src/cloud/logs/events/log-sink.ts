// Receives the lines of functions: many small ones, during a request. They are buffered for a moment and stored
// together.

import type { Log } from "../../../base/index.js";
import type { AccountRegion, LogSink } from "../../service-interfaces.js";
import type { LogsState } from "../state.js";
import { appendEvents, newGroup, newStream, streamKey } from "../streams.js";
import { eventBytes, type NewEvent } from "./event-store.js";

/** How long lines are buffered. A cloud that is killed loses at most these lines. */
const bufferMs = 100;
/** A larger buffer is stored at once, because it is in memory. */
const bufferBytesMax = 4 * 1024 * 1024;

interface BufferedStream {
  readonly accountRegion: AccountRegion;
  readonly group: string;
  readonly stream: string;
  readonly events: NewEvent[];
}

interface BufferedLogSink extends LogSink {
  /** Stores the buffered lines. Readers call it first, so that they miss no line. */
  flush(): void;
  /** Drops the buffered lines. */
  discard(): void;
}

export function createLogSink(state: Omit<LogsState, "flush">, log: Log): BufferedLogSink {
  let buffer = new Map<string, BufferedStream>();
  let bytes = 0;
  let timer: NodeJS.Timeout | undefined;

  const take = () => {
    clearTimeout(timer);
    timer = undefined;
    const taken = buffer;
    buffer = new Map();
    bytes = 0;
    return taken.values();
  };
  const flush = () => {
    if (buffer.size === 0) return;
    state.write(() => {
      for (const { accountRegion, group, stream, events } of take()) {
        const nowMs = state.clock.nowMs();
        const groupKey = [accountRegion.account, accountRegion.region, group];
        const inGroup = state.groups.get(groupKey) ?? newGroup(accountRegion, group, nowMs);
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
        log.warn(`Storing log lines failed: ${error instanceof Error ? error.message : String(error)}`);
      }
    }, bufferMs).unref();
  };

  return {
    flush,
    discard: () => void take(),
    append({ account, region, group, stream }, events) {
      const id = `${account}\n${region}\n${group}\n${stream}`;
      const buffered = buffer.get(id) ?? { accountRegion: { account, region }, group, stream, events: [] };
      buffer.set(id, buffered);
      for (const event of events) {
        buffered.events.push(event);
        bytes += eventBytes(event.message);
      }
      if (bytes > bufferBytesMax) flush();
      else flushLater();
    },
  };
}
