import type { AccountRegion } from "../service-interfaces.js";
import { notFound } from "./errors.js";
import type { NewEvent } from "./events/event-store.js";
import type { LogGroup, LogStream, LogsState } from "./state.js";

/**
 * A log group, after the buffered lines were stored.
 * @throws AwsError ResourceNotFoundException
 */
export function requireGroup({ groups, flush }: LogsState, { account, region }: AccountRegion, name: string): LogGroup {
  flush();
  const group = groups.get([account, region, name]);
  if (!group) throw notFound("log group");
  return group;
}

/** @throws AwsError ResourceNotFoundException */
export function requireStream({ streams }: LogsState, group: LogGroup, name: string): LogStream {
  const stream = streams.get(streamKey(group, name));
  if (!stream) throw notFound("log stream");
  return stream;
}

export function streamKey({ account, region, name }: LogGroup, stream: string): string[] {
  return [account, region, name, stream];
}

export function groupArn({ account, region, name }: LogGroup): string {
  return `arn:aws:logs:${region}:${account}:log-group:${name}`;
}

export function streamArn(group: LogGroup, stream: string): string {
  return `${groupArn(group)}:log-stream:${stream}`;
}

export function newGroup({ account, region }: AccountRegion, name: string, nowMs: number): LogGroup {
  return { account, region, name, createdMs: nowMs, retentionDays: undefined, tags: {} };
}

export function newStream(group: LogGroup, name: string, nowMs: number): LogStream {
  return {
    group: group.name,
    name,
    createdMs: nowMs,
    firstEventMs: undefined,
    lastEventMs: undefined,
    lastIngestionMs: undefined,
  };
}

/** Stores events, and the stream's times. Must be called within a write. */
export function appendEvents(
  state: Omit<LogsState, "flush">,
  group: LogGroup,
  stream: LogStream,
  events: readonly NewEvent[],
): void {
  if (events.length === 0) return;
  state.events.put(group, stream.name, events);
  const timesMs = events.map(({ timestampMs }) => timestampMs);
  const first = timesMs.reduce((a, b) => Math.min(a, b), stream.firstEventMs ?? Number.POSITIVE_INFINITY);
  const last = timesMs.reduce((a, b) => Math.max(a, b), stream.lastEventMs ?? Number.NEGATIVE_INFINITY);
  state.streams.put(streamKey(group, stream.name), {
    ...stream,
    firstEventMs: first,
    lastEventMs: last,
    lastIngestionMs: state.clock.nowMs(),
  });
}
