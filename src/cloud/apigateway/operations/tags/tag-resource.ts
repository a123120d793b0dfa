import type { ApiGatewayOperation } from "../../state.js";
import { requireTagged } from "./tagged.js";

export const tagResource: ApiGatewayOperation<"TagResource"> = ({ resourceArn, tags }, state, call) => {
  const tagged = requireTagged(state, call, resourceArn);
  tagged.set({ ...tagged.tags, ...tags });
  return {};
};
