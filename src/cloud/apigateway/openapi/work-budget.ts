// What keeps the import of a document from blocking other requests: its work is counted, limited and divided into
// slices.

import { setImmediate } from "node:timers/promises";
import { badRequest } from "../errors.js";

/**
 * The cost of one import, in values (strings, numbers, arrays, objects) and in pieces of long strings. References let
 * many operations share one large component, so that the cost is not limited by the 6 MB of the document. This is
 * enough for 300 resources with 8 methods of 400 values each.
 */
const costMax = 1_000_000;
/** The cost of one model or one operation. A schema of 400 KB costs less. */
const stepCostMax = 50_000;
/** After this cost, about 10 ms of work, other requests get a turn. */
const sliceCost = 5_000;
/** Characters of a string or of a member's name that cost as much as a value. */
const charactersPerCost = 20;

export class WorkBudget {
  #spent = 0;
  #spentBeforeSlice = 0;

  /**
   * Charges for a value and everything in it, before it is processed.
   * @throws AwsError BadRequestException when a step, or the import as a whole, costs too much
   */
  spend(value: unknown): void {
    const max = Math.min(costMax, this.#spentBeforeSlice + stepCostMax);
    this.#spent += costOf(value, max - this.#spent);
    if (this.#spent > max) {
      const what = max === costMax ? "API definition" : "A model or an operation of the API definition";
      throw badRequest(`${what} is too large when everything behind its references is counted each time`);
    }
  }

  /** Called after each step: lets other requests be served when a slice of work has been done. */
  async pause(): Promise<void> {
    if (this.#spent - this.#spentBeforeSlice < sliceCost) return;
    this.#spentBeforeSlice = this.#spent;
    await setImmediate();
  }
}

/** The cost of a tree of values; some number above `max` when it costs more. */
function costOf(root: unknown, max: number): number {
  const open: unknown[] = [root];
  let cost = 0;
  while (open.length > 0 && open.length + cost <= max) {
    const value = open.pop();
    cost += typeof value === "string" ? 1 + value.length / charactersPerCost : 1;
    if (typeof value !== "object" || value === null) continue;
    const names = Object.keys(value);
    if (names.length + cost > max) return names.length + cost;
    if (!Array.isArray(value)) for (const name of names) cost += name.length / charactersPerCost;
    for (const member of Object.values(value)) open.push(member);
  }
  return open.length + cost;
}
