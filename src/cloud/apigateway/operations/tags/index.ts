import type { ApiGatewayOperations } from "../../state.js";
import { getTags, tagResource, untagResource } from "./tags.js";

export const tagOperations = {
  GetTags: getTags,
  TagResource: tagResource,
  UntagResource: untagResource,
} satisfies ApiGatewayOperations;
