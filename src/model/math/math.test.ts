import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../test/support/project.js";
import { exp } from "./exp.js";
import { log } from "./log.js";

type Row = readonly [x: number, nearest: number, ofPython: number];
const vectors = JSON.parse(readFileSync(projectPath("src/model/math/fixtures/vectors.json"), "utf8")) as {
  readonly exp: readonly Row[];
  readonly log: readonly Row[];
};

for (const [name, own, engine, rows] of [
  ["exp", exp, Math.exp, vectors.exp],
  ["log", log, Math.log, vectors.log],
] as const) {
  test(`${name} answers the double nearest to the true value`, (t) => {
    for (const [x, nearest] of rows) assert.equal(own(x), nearest, `${name}(${x})`);

    const unlike = (f: (x: number) => number) => rows.filter(([x, , ofPython]) => f(x) !== ofPython).length;
    t.diagnostic(`${rows.length} values: ${unlike(own)} differ from glibc's, ${unlike(engine)} of V8's own do`);
  });
}

test("exp and log answer at the ends of their range as IEEE 754 wants", () => {
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
