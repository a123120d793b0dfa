import type { Log } from "../../base/index.js";
import type { Handler } from "../result.js";
import type { Invocation, RuntimeApi } from "./runtime-api.js";

/**
 * Polls the Runtime API for events and handles them one at a time.
 * @throws Error if the connection is lost: the environment has ended, and the process should exit
 */
export async function runLoop(api: RuntimeApi, handler: Handler, log: Log): Promise<never> {
  let invocation: Invocation = await api.next();
  for (;;) {
    const { requestId, event } = invocation;
    const result = await handler(event);
    const { next, rejection } = await api.respondThenNext(requestId, result.ok ? result : { error: result.error });
    if (rejection) log.warn(`${requestId}: the Runtime API rejected the result: ${rejection}`);
    invocation = next;
  }
}
