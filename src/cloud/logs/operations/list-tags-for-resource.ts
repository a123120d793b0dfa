import type { Handler } from "../../protocol/operation.js";
import type { LogsState } from "../state.js";
import { readTags } from "../tags.js";

export const listTagsForResource: Handler<"logs", "ListTagsForResource", LogsState> = (
  { resourceArn },
  state,
  call,
) => ({
  tags: readTags(state, call, { arn: resourceArn }),
});
