import type { ApiGatewayOperation } from "../../state.js";
import { getTagged } from "./tagged.js";

export const untagResource: ApiGatewayOperation<"UntagResource"> = ({ resourceArn, tagKeys }, state, call) => {
  const tagged = getTagged(state, call, resourceArn);
  tagged.set(Object.fromEntries(Object.entries(tagged.tags).filter(([key]) => !tagKeys.includes(key))));
  return {};
};
