import { isObject } from "../json.js";
import { proxyAnswer, requestOfBody } from "./http.js";
import type { EventShape } from "./shape.js";

/** HTTP API with payload format 2.0, and function URL. */
export const httpApi: EventShape = {
  matches: ({ version, requestContext }) =>
    version === "2.0" && isObject(requestContext) && isObject(requestContext.http),
  request: requestOfBody,
  answer: proxyAnswer,
};
