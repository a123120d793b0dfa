import assert from "node:assert/strict";
import { test } from "node:test";
import { historyAfter, historyOf, historyText } from "./history.js";

test("a rollback removes the later versions from a stage's history", () => {
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

test("reads the latest versions from a description, and none from others", () => {
  const versions = Array.from({ length: 30 }, (_, i) => String(990 + i));

  assert.deepEqual(historyOf(historyText(versions)), versions.slice(-20));
  assert.ok(historyText(versions).length <= 256);
  assert.deepEqual(["", undefined, "the one of marketing"].map(historyOf), [[], [], []]);
  assert.equal(historyText([]), "");
});
