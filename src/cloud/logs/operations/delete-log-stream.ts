import type { Handler } from "../../protocol/operation.js";
import type { LogsState } from "../state.js";
import { findGroup, findStream, streamKey } from "../streams.js";

export const deleteLogStream: Handler<"logs", "DeleteLogStream", LogsState> = (input, state, call) => {
  const group = findGroup(state, call, input.logGroupName);
  const { name } = findStream(state, group, input.logStreamName);
  state.write(() => {
    state.events.remove(group, name);
    state.streams.remove(streamKey(group, name));
  });
  return {};
};
