import type { Handler } from "../../protocol/operation.js";
import type { LogsState } from "../state.js";
import { removeTags } from "../tags.js";

export const untagResource: Handler<"logs", "UntagResource", LogsState> = ({ resourceArn, tagKeys }, state, call) => {
  removeTags(state, call, { arn: resourceArn }, tagKeys);
  return {};
};
