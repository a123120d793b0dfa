import assert from "node:assert/strict";
import { test } from "node:test";
import { sklearnFixtureFile } from "../../../../test/support/model-fixtures.js";
import { withArrayBytes } from "../../../../test/support/pickle-bytes.js";
import { readModel } from "../../index.js";

const topics = sklearnFixtureFile("neighbors-1.9.1", "topics.p5.pkl");

test("rejects topics with an infinite weight", async () => {
  const file = withArrayBytes(topics, "exp_dirichlet_component_", (v) =>
    v.setFloat64(0, Number.POSITIVE_INFINITY, true),
  );

  await assert.rejects(readModel(file), {
    code: "estimator-inconsistent",
    message: /exp_dirichlet_component_ holds Infinity/,
  });
});

test("rejects negative counts of words", async () => {
  const model = await readModel(topics);
  const data = new Float64Array(40);
  data[23] = -1;

  assert.throws(() => model.run("transform", { kind: "matrix", rows: 2, columns: 20, data }), {
    code: "input-negative",
    message: 'The value at row 2, column 4 ("x3") is -1; it must not be negative',
  });
});
