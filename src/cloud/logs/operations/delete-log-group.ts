import type { Handler } from "../../protocol/operation.js";
import type { LogsState } from "../state.js";
import { findGroup } from "../streams.js";

export const deleteLogGroup: Handler<"logs", "DeleteLogGroup", LogsState> = ({ logGroupName }, state, call) => {
  const group = findGroup(state, call, logGroupName);
  const key = [call.account, call.region, group.name];
  state.write(() => {
    state.events.remove(group);
    for (const stream of state.streams.keys(key)) state.streams.remove(stream);
    state.groups.remove(key);
  });
  return {};
};
