import type { Handler } from "../../protocol/operation.js";
import type { LogsState } from "../state.js";
import { addTags } from "../tags.js";

export const tagResource: Handler<"logs", "TagResource", LogsState> = ({ resourceArn, tags }, state, call) => {
  addTags(state, call, { arn: resourceArn }, tags);
  return {};
};
