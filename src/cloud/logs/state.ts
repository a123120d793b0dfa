import type { Clock } from "../../base/index.js";
import type { AccountRegion } from "../service-interfaces.js";
import type { Collection, Store } from "../store/store.js";
import type { EventStore } from "./events/event-store.js";

/** A log group as it is stored, under [account, region, name]. */
export interface LogGroup extends AccountRegion {
  readonly name: string;
  readonly createdMs: number;
  /** undefined: forever. */
  readonly retentionDays: number | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** A log stream as it is stored, under [account, region, group, name]. */
export interface LogStream {
  readonly group: string;
  readonly name: string;
  readonly createdMs: number;
  readonly firstEventMs: number | undefined;
  readonly lastEventMs: number | undefined;
  readonly lastIngestionMs: number | undefined;
}

/** The state that the operations of CloudWatch Logs work on. */
export interface LogsState {
  readonly groups: Collection<LogGroup>;
  readonly streams: Collection<LogStream>;
  readonly events: EventStore;
  readonly clock: Clock;
  readonly write: Store["write"];
  /** Stores the buffered lines of functions. */
  readonly flush: () => void;
}
