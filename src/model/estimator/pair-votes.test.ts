import assert from "node:assert/strict";
import { test } from "node:test";
import { addConfidences } from "./pair-votes.js";

test("adds less than a third of a vote for each sum of confidences", () => {
  const votes = Float64Array.of(1, 1, 1);
  addConfidences(votes, Float64Array.of(1, -2, 0), "each");

  assert.deepEqual(Array.from(votes), [1 + 1 / 6, 1 - 2 / 9, 1]);
});

test("scales all rows by the largest confidence, to half a vote", () => {
  const votes = Float64Array.of(1, 1, 2, 0);
  addConfidences(votes, Float64Array.of(2, -2, 4, -4), "all");

  for (const [index, expected] of [1.25, 0.75, 2.5, -0.5].entries()) {
    assert.ok(Math.abs(votes[index]! - expected) < 1e-15);
  }
});

test("leaves the votes where all confidences are equal", () => {
  const votes = Float64Array.of(2, 1);
  addConfidences(votes, Float64Array.of(0, 0), "all");

  assert.deepEqual(Array.from(votes), [2, 1]);
});
