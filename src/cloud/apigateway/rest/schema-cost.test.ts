import assert from "node:assert/strict";
import { test } from "node:test";
import { mainThreadStepsMax } from "../worker/budget.js";
import { schemaCost, validationSteps } from "./schema-cost.js";

/** The frame that Tepal's own deployments validate. */
const frame = {
  type: "object",
  required: ["values"],
  properties: { values: { type: "array", minItems: 1 }, method: { type: "string", enum: ["predict"] } },
};
const row = { type: "array", items: { type: "number" } };
const halves = (next: unknown) => ({ anyOf: [next, next] });

for (const [name, schema, bytes, isCheap] of [
  ["a frame whose rows are not described", frame, 500_000, true],
  ["a frame whose rows are described", { properties: { values: { items: row } } }, 15_000, true],
  ["a frame whose rows are described", { properties: { values: { items: row } } }, 500_000, false],
  ["a recursive schema", { items: { $ref: "#" } }, 15_000, true],
  ["a recursive schema that branches", { anyOf: [{ items: { $ref: "#" } }, { items: { $ref: "#" } }] }, 100, false],
  ["a wide choice in each item", { items: halves(halves(halves(halves(halves(row))))) }, 15_000, false],
  ["uniqueItems", { uniqueItems: true }, 500, true],
  ["uniqueItems", { uniqueItems: true }, 5_000, false],
  ["forbidden members", { additionalProperties: false }, 500_000, false],
] as const) {
  test(`validating ${bytes} bytes against ${name} is ${isCheap ? "cheap" : "costly"}`, () => {
    const steps = validationSteps(
      schemaCost(schema, () => schema),
      bytes,
    );

    assert.equal(steps <= mainThreadStepsMax, isCheap, `${steps} steps`);
  });
}
