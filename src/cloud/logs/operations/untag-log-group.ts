import type { Handler } from "../../protocol/operation.js";
import type { LogsState } from "../state.js";
import { removeTags } from "../tags.js";

/** What UntagResource was before 2022. */
export const untagLogGroup: Handler<"logs", "UntagLogGroup", LogsState> = ({ logGroupName, tags }, state, call) => {
  removeTags(state, call, { name: logGroupName }, tags);
  return {};
};
