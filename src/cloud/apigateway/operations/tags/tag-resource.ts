import type { ApiGatewayOperation } from "../../state.js";
import { getTagged } from "./tagged.js";

export const tagResource: ApiGatewayOperation<"TagResource"> = ({ resourceArn, tags }, state, call) => {
  const tagged = getTagged(state, call, resourceArn);
  tagged.set({ ...tagged.tags, ...tags });
  return {};
};
