import type { Answer } from "../answer.js";
import type { JsonObject } from "../json.js";

/** How one kind of caller wraps a request, and wants its answer wrapped. */
export interface EventShape {
  matches(event: JsonObject): boolean;
  /**
   * The request inside the event: what a caller wrote as `{"values": ...}`.
   * @throws FunctionError "input-..." when it cannot be read.
   */
  request(event: JsonObject): unknown;
  answer(answer: Answer): Answer;
}
