import assert from "node:assert/strict";
import { test } from "node:test";
import { testContext } from "../../test/support/command-context.js";
import { screenOf } from "../../test/support/screen.js";
import type { Clock } from "../base/index.js";
import { progressLine, startProgress, withProgress } from "./progress.js";

/** A clock that the test sets. */
function settableClock() {
  let now = 0;
  const clock: Clock = { nowMs: () => now, elapsedMs: () => now };
  return { clock, advance: (ms: number) => (now += ms) };
}

const state = { label: "push", unit: "bytes", detail: "", elapsedMs: 4_000, perSecond: 24e6 };

for (const [columns, line] of [
  [100, "push  [============>           ]   52%  139 MB of 266 MB  24 MB/s  6 s left"],
  [62, "push  [=====>     ]   52%  139 MB of 266 MB  24 MB/s  6 s left"],
  [50, "push   52%  139 MB of 266 MB  24 MB/s  6 s left"],
  [40, "push   52%  24 MB/s  6 s left"],
  [20, "push   52%  6 s left"],
  [12, "push   52%"],
] as const) {
  test(`fits the line into ${columns} columns`, () => {
    assert.equal(progressLine({ ...state, done: 139e6, total: 266e6 }, columns), line);
  });
}

for (const [name, changes, line] of [
  ["an unknown total", { done: 12e6, total: undefined }, "push  12 MB  24 MB/s  4 s"],
  ["a count", { done: 1_234_567, total: undefined, unit: "rows" }, "push  1,234,567 rows  24,000,000 rows/s  4 s"],
  ["a rate that is not known yet", { done: 0, total: undefined, perSecond: undefined }, "push  4 s"],
  ["a detail", { done: 0, total: undefined, perSecond: undefined, detail: "numpy 2.1.0" }, "push  4 s  numpy 2.1.0"],
  ["a total of nothing", { done: 0, total: 0, perSecond: undefined }, "push  0 B of 0 B  4 s"],
  [
    "more than the total",
    { done: 300, total: 200 },
    "push  [========================]  100%  300 B of 200 B  24 MB/s  4 s",
  ],
] as const) {
  test(`shows ${name}`, () => {
    assert.equal(progressLine({ ...state, ...changes }, 100), line);
  });
}

test("shows nothing for work that ends at once, and the line with rate and time left for longer work", () => {
  const { terminal, lines, written } = screenOf();
  const { clock, advance } = settableClock();
  const progress = startProgress({ terminal, clock }, { label: "push", unit: "bytes", total: 100e6 });

  progress.advance(1e6);
  assert.equal(written(), "");
  advance(2_000);
  progress.advance(19e6);
  assert.deepEqual(lines(), ["push  [====>                   ]   20%  20 MB of 100 MB  10 MB/s  8 s left"]);
  progress.end();

  assert.deepEqual(lines(), [""]);
});

test("the rate of resumed work does not count what was done before", () => {
  const { terminal, lines } = screenOf();
  const { clock, advance } = settableClock();
  const progress = startProgress({ terminal, clock }, { label: "score", unit: "rows", total: 1000, done: 900 });

  advance(2_000);
  progress.advance(50);
  progress.end();

  assert.match(lines().at(-1) ?? "", /^$/);
  const again = startProgress({ terminal, clock }, { label: "score", unit: "rows", total: 1000, done: 900 });
  advance(2_000);
  again.advance(50);
  assert.match(lines().at(-1) ?? "", /95% {2}950 of 1,000 rows {2}25 rows\/s {2}2 s left$/);
  again.end();
});

test("work within work is shown alone, and the outer work after it", async () => {
  const { terminal, lines } = screenOf();
  const { clock, advance } = settableClock();
  const context = { terminal, clock };
  await withProgress(context, { label: "outer", unit: "bytes" }, async (outer) => {
    await withProgress(context, { label: "inner", unit: "bytes" }, async (inner) => {
      advance(1_000);
      inner.advance(1);
      outer.advance(1);
      assert.match(lines().at(-1) ?? "", /^inner/);
    });
    advance(1_000);
    outer.advance(1);
    assert.match(lines().at(-1) ?? "", /^outer/);
  });
  assert.deepEqual(lines(), [""]);
});

test("the line is removed when the work fails", async () => {
  const { terminal, lines } = screenOf();
  const { clock, advance } = settableClock();
  const failing = withProgress({ terminal, clock }, { label: "push", unit: "bytes" }, async (progress) => {
    advance(1_000);
    progress.advance(1);
    throw new Error("cut");
  });

  await assert.rejects(failing, /cut/);
  assert.deepEqual(lines(), [""]);
});

test("prints nothing into a file or a pipe", () => {
  const { terminal, printed } = testContext();
  const { clock, advance } = settableClock();
  const progress = startProgress({ terminal, clock }, { label: "push", unit: "bytes", total: 1 });

  advance(10_000);
  progress.advance(1);
  progress.update({ total: 2, detail: "x" });
  progress.end();

  assert.deepEqual(printed, { out: "", err: "" });
});
