import type { Handler } from "../../protocol/operation.js";
import { alreadyExists } from "../errors.js";
import { checkGroupName, withTags } from "../names.js";
import type { LogsState } from "../state.js";
import { newGroup } from "../streams.js";

export const createLogGroup: Handler<"logs", "CreateLogGroup", LogsState> = (input, { groups, clock }, call) => {
  const { logGroupName: name } = input;
  checkGroupName(name);
  const key = [call.account, call.region, name];
  if (groups.get(key)) throw alreadyExists("log group");
  groups.put(key, { ...newGroup(call, name, clock.nowMs()), tags: withTags({}, input.tags) });
  return {};
};
