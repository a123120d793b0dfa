import type { ApiGatewayOperation } from "../../state.js";
import { requireTagged } from "./tagged.js";

export const getTags: ApiGatewayOperation<"GetTags"> = ({ resourceArn }, state, call) => ({
  tags: { ...requireTagged(state, call, resourceArn).tags },
});
