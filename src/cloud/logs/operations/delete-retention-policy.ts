import type { Handler } from "../../protocol/operation.js";
import type { LogsState } from "../state.js";
import { findGroup } from "../streams.js";

export const deleteRetentionPolicy: Handler<"logs", "DeleteRetentionPolicy", LogsState> = (input, state, call) => {
  const group = findGroup(state, call, input.logGroupName);
  state.groups.put([call.account, call.region, group.name], { ...group, retentionDays: undefined });
  return {};
};
