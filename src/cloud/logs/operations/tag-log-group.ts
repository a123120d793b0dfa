import type { Handler } from "../../protocol/operation.js";
import type { LogsState } from "../state.js";
import { addTags } from "../tags.js";

/** What TagResource was before 2022. */
export const tagLogGroup: Handler<"logs", "TagLogGroup", LogsState> = ({ logGroupName, tags }, state, call) => {
  addTags(state, call, { name: logGroupName }, tags);
  return {};
};
