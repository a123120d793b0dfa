import type { ApiGatewayOperation } from "../../state.js";
import { requireTagged } from "./tagged.js";

export const untagResource: ApiGatewayOperation<"UntagResource"> = ({ resourceArn, tagKeys }, state, call) => {
  const tagged = requireTagged(state, call, resourceArn);
  tagged.set(Object.fromEntries(Object.entries(tagged.tags).filter(([key]) => !tagKeys.includes(key))));
  return {};
};
