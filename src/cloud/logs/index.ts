// CloudWatch Logs: the logs of functions and stages, for `aws logs` and `tepal logs`.

import type { RunningService, ServiceContext } from "../service.js";
import type { LogSink } from "../service-interfaces.js";
import { createEventStore } from "./events/event-store.js";
import { createLogSink } from "./events/log-sink.js";
import { operations } from "./operations.js";
import type { LogGroup, LogStream, LogsState } from "./state.js";

export function createLogs({
  store,
  clock,
  log,
}: ServiceContext): RunningService<"logs", LogsState> & { readonly logs: LogSink } {
  const state = {
    groups: store.collection<LogGroup>("logs-groups"),
    streams: store.collection<LogStream>("logs-streams"),
    events: createEventStore(store, clock),
    clock,
    write: <R>(work: () => R) => store.write(work),
  };
  const sink = createLogSink(state, log);
  return {
    service: { name: "logs", operations, state: { ...state, flush: sink.flush } },
    logs: sink,
    async reset() {
      sink.discard();
      state.events.reset();
    },
    async close() {
      sink.flush();
    },
  };
}
