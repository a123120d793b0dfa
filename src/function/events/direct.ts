import type { EventShape } from "./shape.js";

/**
 * The event is the request: Lambda's Invoke, and a REST API's non-proxy integration that passes the body through.
 * A caller's error fails the invocation, because only so a non-proxy integration can answer another status than 200.
 */
export const direct: EventShape = {
  matches: () => true,
  request: (event) => event,
  answer: (answer) => answer,
};
