// Asynchronous invocations: stored until they have run, with Lambda's two retries.

import type { Clock, Log } from "../../../base/index.js";
import { AwsError } from "../../protocol/aws-error.js";
import type { Collections, EventDocument } from "../function/documents.js";
import type { FunctionId } from "../function/function-name.js";
import { keyOf } from "../function/lookup.js";
import type { Invoker } from "./invoker.js";

interface AsyncInvokeQueueHost extends Pick<Collections, "events" | "functions"> {
  readonly invoker: Invoker;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Delays before the first and the second retry after a function error (Lambda's documentation, "Asynchronous
 * invocation").
 */
const retryAfterMs = [60_000, 120_000];
/** The age at which Lambda discards an event. */
const ageMsMax = 6 * 3_600_000;
/** A throttled event is retried after 1 second, then with doubled delays up to 5 minutes. */
const throttledAfterMs = { first: 1_000, max: 300_000 };

export class AsyncInvokeQueue {
  readonly #host: AsyncInvokeQueueHost;
  readonly #timers = new Set<NodeJS.Timeout>();
  #closed = false;

  constructor(host: AsyncInvokeQueueHost) {
    this.#host = host;
  }

  /** Accepts an event. It is durable when this returns. */
  accept(functionId: FunctionId, event: Omit<EventDocument, "acceptedMs" | "failures">): void {
    const document = { ...event, acceptedMs: this.#host.clock.nowMs(), failures: 0 };
    this.#host.events.put(keyOf(functionId, event.requestId), document);
    this.#after(0, () => this.#run(functionId, document, 0));
  }

  /** Resumes the events of the store. */
  resume(): void {
    for (const { key, document } of this.#host.events.list([])) {
      const [account, region, name] = key;
      this.#after(0, () => this.#run({ account: account!, region: region!, name: name! }, document, 0));
    }
  }

  /** Stops all retries. The events stay in the store. */
  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  close(): void {
    this.#closed = true;
    this.clear();
  }

  async #run(functionId: FunctionId, event: EventDocument, throttles: number): Promise<void> {
    const { requestId, qualifier, payload, clientContext } = event;
    let failed: boolean;
    try {
      const reference = { ...functionId, qualifier: qualifier === "" ? undefined : qualifier };
      const result = await this.#host.invoker.invoke(reference, { requestId, payload, clientContext });
      failed = result.functionError !== undefined;
    } catch (error) {
      if (this.#closed) return;
      if (!(error instanceof AwsError))
        this.#host.log.warn(`Event ${requestId} for ${functionId.name}: ${String(error)}`);
      const gone = error instanceof AwsError && error.code === "ResourceNotFoundException";
      if (gone || this.#isTooOld(event)) return this.#drop(functionId, event);
      const delayMs = Math.min(throttledAfterMs.first * 2 ** throttles, throttledAfterMs.max);
      return this.#after(delayMs, () => this.#run(functionId, event, throttles + 1));
    }
    if (this.#closed) return;
    const delayMs = retryAfterMs[event.failures];
    if (!failed || delayMs === undefined || this.#isTooOld(event)) return this.#drop(functionId, event);
    const again = { ...event, failures: event.failures + 1 };
    this.#host.events.put(keyOf(functionId, requestId), again);
    this.#after(delayMs, () => this.#run(functionId, again, 0));
  }

  #isTooOld({ acceptedMs }: EventDocument): boolean {
    return this.#host.clock.nowMs() - acceptedMs > ageMsMax;
  }

  #drop(functionId: FunctionId, { requestId }: EventDocument): void {
    this.#host.events.remove(keyOf(functionId, requestId));
  }

  #after(delayMs: number, work: () => Promise<void>): void {
    if (this.#closed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work().catch((error: unknown) => this.#host.log.warn(`An event could not be completed: ${String(error)}`));
    }, delayMs);
    timer.unref();
    this.#timers.add(timer);
  }
}
