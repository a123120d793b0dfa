// Stores log events in chunks: the events of a stream that arrive together are one document. A chunk's key contains its
// times and size, so that reading a time range or removing the oldest events reads no other chunk.
//
//   [account, region, group, stream, number (16 digits), first time, last time, bytes]

import type { Clock } from "../../../base/index.js";
import type { Collection, Key, Store } from "../../store/store.js";
import type { LogGroup } from "../state.js";

export interface LogEvent extends NewEvent {
  /** Digits that sort as the events do: by time, then in order of arrival. */
  readonly id: string;
  readonly stream: string;
  readonly ingestionMs: number;
}

export interface NewEvent {
  readonly timestampMs: number;
  readonly message: string;
}

interface EventQuery {
  /** Milliseconds, both ends included. */
  readonly fromMs: number;
  readonly toMs: number;
  /** All streams of the group if absent. */
  readonly streams?: readonly string[] | undefined;
}

export interface EventStore {
  put(group: LogGroup, stream: string, events: readonly NewEvent[]): void;
  /** Events of a group, in order, without those older than the group's retention. */
  read(group: LogGroup, query: EventQuery): LogEvent[];
  /** The stored bytes of a group, as AWS counts them. */
  bytes(group: LogGroup): number;
  /** Removes the events of a group, or of one of its streams. */
  remove(group: LogGroup, stream?: string): void;
  /** Clears the counts, because every event is about to be deleted. */
  reset(): void;
}

interface Chunk {
  readonly ingestionMs: number;
  readonly timestampsMs: readonly number[];
  readonly messages: readonly string[];
}

/** What AWS adds to the UTF-8 bytes of each event. */
const eventOverheadBytes = 26;
/**
 * The limit of a group, about 200,000 lines, so that a developer's disk does not fill up. The oldest events are removed
 * first.
 */
export const groupBytesMax = 32 * 1024 * 1024;
/** Removed at once from a full group, so that not every new chunk has to make room. */
const bytesToFree = groupBytesMax / 8;
/** How often a write removes the events of a group that are older than its retention. */
const trimEveryMs = 3_600_000;
const dayMs = 86_400_000;

export function eventBytes(message: string): number {
  return Buffer.byteLength(message) + eventOverheadBytes;
}

export function createEventStore(store: Store, clock: Clock): EventStore {
  const chunks: Collection<Chunk> = store.collection("logs-chunks");
  let nextNumber = 1 + chunks.keys([]).reduce((last, key) => Math.max(last, parseKey(key).number), 0);
  /** By group: its bytes, counted on first use, and when it was last trimmed. */
  const sizes = new Map<string, { bytes: number; trimmedMs: number }>();

  const keysOf = (group: LogGroup) => chunks.keys(groupKey(group)).map(parseKey);
  const sizeOf = (group: LogGroup) => {
    const id = groupKey(group).join("\n");
    const size = sizes.get(id) ?? { bytes: keysOf(group).reduce((sum, key) => sum + key.bytes, 0), trimmedMs: 0 };
    sizes.set(id, size);
    return size;
  };
  const retainedSinceMs = ({ retentionDays }: LogGroup) =>
    retentionDays === undefined ? Number.NEGATIVE_INFINITY : clock.nowMs() - retentionDays * dayMs;

  const trim = (group: LogGroup) => {
    const size = sizeOf(group);
    const excessBytes = size.bytes > groupBytesMax ? size.bytes - groupBytesMax + bytesToFree : 0;
    const sinceMs = retainedSinceMs(group);
    let freed = 0;
    for (const chunk of keysOf(group).sort((left, right) => left.lastMs - right.lastMs)) {
      if (freed >= excessBytes && chunk.lastMs >= sinceMs) break;
      chunks.remove(chunk.key);
      freed += chunk.bytes;
    }
    size.bytes -= freed;
    size.trimmedMs = clock.nowMs();
  };

  return {
    bytes: (group) => sizeOf(group).bytes,
    put(group, stream, events) {
      if (events.length === 0) return;
      const timestampsMs = events.map(({ timestampMs }) => timestampMs);
      const [firstMs, lastMs] = extremes(timestampsMs);
      const bytes = events.reduce((sum, { message }) => sum + eventBytes(message), 0);
      const size = sizeOf(group);
      chunks.put(chunkKey(group, { stream, number: nextNumber++, firstMs, lastMs, bytes }), {
        ingestionMs: clock.nowMs(),
        timestampsMs,
        messages: events.map(({ message }) => message),
      });
      size.bytes += bytes;
      if (size.bytes > groupBytesMax || clock.nowMs() - size.trimmedMs > trimEveryMs) trim(group);
    },
    read(group, { fromMs, toMs, streams }) {
      const sinceMs = Math.max(fromMs, retainedSinceMs(group));
      return keysOf(group)
        .filter(({ stream, firstMs, lastMs }) => {
          return lastMs >= sinceMs && firstMs <= toMs && (!streams || streams.includes(stream));
        })
        .flatMap((key) => eventsOf(key, chunks.get(key.key)))
        .filter(({ timestampMs }) => timestampMs >= sinceMs && timestampMs <= toMs)
        .sort((left, right) => (left.id < right.id ? -1 : 1));
    },
    remove(group, stream) {
      for (const key of chunks.keys(stream === undefined ? groupKey(group) : [...groupKey(group), stream]))
        chunks.remove(key);
      sizes.delete(groupKey(group).join("\n"));
    },
    reset: () => sizes.clear(),
  };
}

interface ChunkInfo {
  readonly stream: string;
  readonly number: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly bytes: number;
}

function groupKey({ account, region, name }: LogGroup): Key {
  return [account, region, name];
}

function chunkKey(group: LogGroup, { stream, number, firstMs, lastMs, bytes }: ChunkInfo): Key {
  return [...groupKey(group), stream, digits(number, 16), String(firstMs), String(lastMs), String(bytes)];
}

function parseKey(key: Key): ChunkInfo & { readonly key: Key } {
  const [, , , stream = "", number, firstMs, lastMs, bytes] = key;
  return {
    key,
    stream,
    number: Number(number),
    firstMs: Number(firstMs),
    lastMs: Number(lastMs),
    bytes: Number(bytes),
  };
}

function eventsOf({ stream, number }: ChunkInfo, chunk: Chunk | undefined): LogEvent[] {
  if (!chunk) return [];
  return chunk.messages.map((message, index) => {
    const timestampMs = chunk.timestampsMs[index] ?? chunk.ingestionMs;
    return { id: eventId(timestampMs, number, index), stream, timestampMs, ingestionMs: chunk.ingestionMs, message };
  });
}

/** 56 digits, like AWS's event ids. */
function eventId(timestampMs: number, chunkNumber: number, index: number): string {
  return digits(timestampMs, 20) + digits(chunkNumber, 20) + digits(index, 16);
}

function digits(number: number, count: number): string {
  return String(number).padStart(count, "0");
}

function extremes(numbers: readonly number[]): [min: number, max: number] {
  return numbers.reduce<[number, number]>(
    ([min, max], number) => [Math.min(min, number), Math.max(max, number)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}
