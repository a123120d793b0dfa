import type { ApiGatewayOperation } from "../../state.js";
import { getTagged } from "./tagged.js";

export const getTags: ApiGatewayOperation<"GetTags"> = ({ resourceArn }, state, call) => ({
  tags: { ...getTagged(state, call, resourceArn).tags },
});
