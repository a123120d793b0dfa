import assert from "node:assert/strict";
import { test } from "node:test";
import { historyAfter, historyOf, historyText } from "./history.js";

test("a stage's history grows with each version and shrinks on the way back", () => {
  const steps = ["3", "4", "4", "7", "4", "1"];
  const seen: string[][] = [];
  let [history, from]: [readonly string[], string] = [[], "1"];
  for (const to of steps) {
    history = historyAfter(history, from, to);
    from = to;
    seen.push([...history]);
  }

  assert.deepEqual(seen, [["1"], ["1", "3"], ["1", "3"], ["1", "3", "4"], ["1", "3"], []]);
});

test("a description holds the latest of a history, and others none", () => {
  const versions = Array.from({ length: 30 }, (_, i) => String(990 + i));

  assert.deepEqual(historyOf(historyText(versions)), versions.slice(-20));
  assert.ok(historyText(versions).length <= 256);
  assert.deepEqual(["", undefined, "the one of marketing"].map(historyOf), [[], [], []]);
  assert.equal(historyText([]), "");
});
