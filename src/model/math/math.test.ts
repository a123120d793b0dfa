import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../test/support/project.js";
import { erf } from "./erf.js";
import { exp } from "./exp.js";
import { expm1, tanh } from "./expm1.js";
import { digamma, gamma } from "./gamma.js";
import { log, log1p } from "./log.js";
import { pow } from "./pow.js";

type Row = readonly [x: number, nearest: number, ofPython: number];
const vectors = JSON.parse(readFileSync(projectPath("src/model/math/fixtures/vectors.json"), "utf8")) as {
  readonly [name in "exp" | "log" | "expm1" | "log1p" | "tanh"]: readonly Row[];
} & { readonly pow: readonly (readonly [arguments: readonly [number, number], nearest: number, ofPython: number])[] };

for (const [name, own, engine, rows] of [
  ["exp", exp, Math.exp, vectors.exp],
  ["log", log, Math.log, vectors.log],
  ["expm1", expm1, Math.expm1, vectors.expm1],
  ["log1p", log1p, Math.log1p, vectors.log1p],
  ["tanh", tanh, Math.tanh, vectors.tanh],
] as const) {
  test(`${name} returns the double nearest to the true value`, (t) => {
    for (const [x, nearest] of rows) assert.equal(own(x), nearest, `${name}(${x})`);

    const unlike = (f: (x: number) => number) => rows.filter(([x, , ofPython]) => f(x) !== ofPython).length;
    t.diagnostic(`${rows.length} values: ${unlike(own)} differ from glibc's, ${unlike(engine)} of V8's own do`);
  });
}

test("exp and log return IEEE 754's results at the ends of their range", () => {
  assert.deepEqual([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 709.79, -745.2].map(exp), [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    0,
    1,
    1,
    Number.POSITIVE_INFINITY,
    0,
  ]);
  assert.deepEqual([Number.NaN, Number.POSITIVE_INFINITY, 0, -1, 1].map(log), [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
    0,
  ]);
});

test("pow returns the double nearest to the true value, also exactly between two doubles", (t) => {
  for (const [[x, y], nearest] of vectors.pow) assert.equal(pow(x, y), nearest, `pow(${x}, ${y})`);

  const unlike = vectors.pow.filter(([[x, y], , ofPython]) => pow(x, y) !== ofPython).length;
  t.diagnostic(`${vectors.pow.length} values: ${unlike} differ from glibc's`);
});

for (const [x, y, power] of [
  [1, Number.NaN, 1],
  [-1, Number.POSITIVE_INFINITY, 1],
  [-2, 3, -8],
  [-2, 0.5, Number.NaN],
  [0, -1, Number.POSITIVE_INFINITY],
  [-0, 3, -0],
  [10, 400, Number.POSITIVE_INFINITY],
  [10, -400, 0],
  [2, -1074, 5e-324],
  [Number.NaN, 0, 1],
  [1e-310, 0.5, Math.sqrt(1e-310)],
  [1e-310, 1e300, 0],
  [1e-310, -1e300, Number.POSITIVE_INFINITY],
  [5e-324, 1 / 3, 1.7031839360032837e-108],
] as const) {
  test(`pow(${x}, ${y}) is ${power}, as in C`, () => {
    assert.ok(Object.is(pow(x, y), power));
  });
}

test("expm1, log1p and tanh keep zeros, infinities and NaN as IEEE 754 wants", () => {
  const ends = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0];
  assert.deepEqual(ends.map(expm1), [Number.NaN, Number.POSITIVE_INFINITY, -1, 0, -0]);
  assert.deepEqual(ends.map(tanh), [Number.NaN, 1, -1, 0, -0]);
  assert.deepEqual(ends.map(log1p), [Number.NaN, Number.POSITIVE_INFINITY, Number.NaN, 0, -0]);
  assert.equal(log1p(-1), Number.NEGATIVE_INFINITY);
});

for (const [name, f, x, expected] of [
  ["erf", erf, 0.3, 0.3286267594591274],
  ["erf", erf, -1.7, -0.9837904585907745],
  ["erf", erf, 4.1, 0.9999999932999724],
  ["erf", erf, 9, 1],
  ["digamma", digamma, 0.25, -4.2274535333762655],
  ["digamma", digamma, 1.4616321449683622, -9.241265521729427e-17],
  ["digamma", digamma, 40.5, 3.6889054929332334],
  ["gamma", gamma, 0.7, 1.2980553326475581],
  ["gamma", gamma, 5, 24],
] as const) {
  test(`${name}(${x}) is that of scipy`, () => {
    const difference = Math.abs(f(x) - expected);
    assert.ok(difference <= 1e-14 * Math.max(1, Math.abs(expected)), `${f(x)}`);
  });
}
