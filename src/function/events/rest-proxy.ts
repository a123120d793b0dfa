import { isObject } from "../json.js";
import { proxyAnswer, requestOfBody } from "./http.js";
import type { EventShape } from "./shape.js";

/** REST API with a proxy integration, HTTP API with payload format 1.0, and Application Load Balancer. */
export const restProxy: EventShape = {
  matches: (event) => typeof event.httpMethod === "string" && isObject(event.requestContext),
  request: requestOfBody,
  answer: proxyAnswer,
};
