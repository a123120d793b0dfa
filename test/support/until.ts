import { availableParallelism, loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** Far longer than anything takes that a test waits for on a quiet machine. */
const waitMsMax = 60_000;
const lookEveryMs = 10;

/**
 * Waits for a condition. A busy machine gets proportionally more time.
 * @param what the condition in words, for the error: "the cloud has stopped"
 */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const startedMs = performance.now();
  while (!(await condition())) {
    const waitedMs = performance.now() - startedMs;
    if (waitedMs > scaled(waitMsMax)) throw new Error(`Waited ${Math.round(waitedMs / 1000)} s until ${what}`);
    await sleep(lookEveryMs);
  }
}

/** A limit for a quiet machine, made longer by the number of processes that compete for each core now. */
export function scaled(ms: number): number {
  return Math.ceil(ms * Math.max(1, loadavg()[0]! / availableParallelism()));
}
