import assert from "node:assert/strict";
import { test } from "node:test";
import { Dict, Global, type Value } from "../pickle/values.js";
import { elementwiseOf } from "./elementwise.js";

function bound(name: string, options: Readonly<Record<string, Value>> = {}) {
  const dict = new Dict();
  for (const [key, value] of Object.entries(options)) dict.set(key, value);
  return elementwiseOf(new Global("numpy", name), dict);
}

// The results are those of numpy 2.4.
for (const [name, options, cases] of [
  [
    "clip",
    { a_min: 0, a_max: 1 },
    [
      [-2, 0],
      [0.25, 0.25],
      [7, 1],
      [Number.NaN, Number.NaN],
    ],
  ],
  [
    "clip",
    { a_min: null, max: 1.5 },
    [
      [-9, -9],
      [2, 1.5],
    ],
  ],
  [
    "round",
    {},
    [
      [0.5, 0],
      [1.5, 2],
      [-2.5, -2],
    ],
  ],
  [
    "round",
    { decimals: 2 },
    [
      [2.675, 2.68],
      [1.005, 1],
      [-0.125, -0.12],
    ],
  ],
  [
    "around",
    { decimals: -1 },
    [
      [25, 20],
      [35, 40],
    ],
  ],
  [
    "nan_to_num",
    { copy: true },
    [
      [Number.NaN, 0],
      [Number.POSITIVE_INFINITY, Number.MAX_VALUE],
      [3, 3],
    ],
  ],
  [
    "nan_to_num",
    { nan: -1, neginf: -5 },
    [
      [Number.NaN, -1],
      [Number.NEGATIVE_INFINITY, -5],
    ],
  ],
] as const) {
  test(`numpy.${name} with ${JSON.stringify(options)} returns what numpy does`, () => {
    const apply = bound(name, options) ?? assert.fail("not read");
    for (const [x, expected] of cases) assert.equal(apply(x), expected, String(x));
  });
}

test("an argument that is not a number, and an unknown one, are not read", () => {
  assert.equal(bound("clip", { a_min: "0" }), undefined);
  assert.equal(bound("round", { decimals: 0.5 }), undefined);
  assert.equal(bound("clip", { out: null }), undefined);
  assert.equal(elementwiseOf(new Global("os", "clip"), undefined), undefined);
});
