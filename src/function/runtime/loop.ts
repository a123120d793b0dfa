import type { Log } from "../../base/index.js";
import type { Handler } from "../answer.js";
import type { Invocation, RuntimeApi } from "./runtime-api.js";

/**
 * Takes events from the Runtime API one at a time and answers them, until the API goes away.
 * @throws Error when the connection is lost: the environment is over, and the process should end.
 */
export async function runLoop(api: RuntimeApi, handler: Handler, log: Log): Promise<never> {
  let invocation: Invocation = await api.next();
  for (;;) {
    const { requestId, event } = invocation;
    const answer = await handler(event);
    const { next, refusal } = await api.answerThenNext(requestId, answer.ok ? answer : { error: answer.error });
    if (refusal) log.warn(`${requestId}: the Runtime API refused the answer: ${refusal}`);
    invocation = next;
  }
}
