import type { EventShape } from "./shape.js";

/**
 * A REST API's non-proxy integration with API Gateway's template "Method request passthrough":
 * `{"body-json": ..., "params": ..., "stage-variables": ..., "context": ...}`.
 */
export const mapped: EventShape = {
  matches: (event) => "body-json" in event && "context" in event,
  request: (event) => event["body-json"],
  answer: (answer) => answer,
};
