import type { Handler } from "../../protocol/operation.js";
import type { LogsState } from "../state.js";
import { readTags } from "../tags.js";

/** What ListTagsForResource was before 2022. */
export const listTagsLogGroup: Handler<"logs", "ListTagsLogGroup", LogsState> = ({ logGroupName }, state, call) => ({
  tags: readTags(state, call, { name: logGroupName }),
});
