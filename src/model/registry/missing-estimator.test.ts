// What people keep beside a model, read alone: the hint says how it is used.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Dict, Global, Instance, Tuple, type Value } from "../pickle/values.js";
import { missingEstimatorError } from "./missing-estimator.js";

function dict(key: string, value: Value): Dict {
  const made = new Dict();
  made.set(key, value);
  return made;
}

for (const [what, value, message, hint] of [
  ["a list of names", ["age", "city"], /found a list without one/, /list of names.* as columns/],
  ["a tuple of names", new Tuple(["age"]), /found a tuple without one/, /list of names.* as columns/],
  ["a dict of dicts", dict("city", dict("Oslo", 0)), /found a dict without one/, /each: true/],
  ["a dict of labels", dict("spam", 1), /found a dict without one/, /decode/],
  ["a DataFrame", new Instance(new Global("pandas", "DataFrame")), /found a pandas.DataFrame/, /table of pandas/],
  ["a number", 0.5, /found a float/, /threshold/],
] as const) {
  test(`says how ${what} is used in a spec file`, () => {
    const error = missingEstimatorError(value as Value, "the file's content");
    assert.equal(error.code, "estimator-missing");
    assert.match(error.message, message);
    assert.match(error.hint ?? "", hint);
  });
}

test("keeps the remedy of the code for anything else", () => {
  assert.match(missingEstimatorError([], "steps[0]").hint ?? "", /^Save the fitted estimator itself/);
});
