import assert from "node:assert/strict";
import { test } from "node:test";
import type { Model, Table } from "../core/model.js";
import { withInverse, withThreshold } from "./predictions.js";

const row: Table = { kind: "matrix", rows: 1, columns: 1, data: Float64Array.of(0) };

/** A model that returns these numbers for every row. */
function constantModel(numbers: Float32Array | Float64Array): Model {
  const [name, shape] = numbers.length === 1 ? (["predict", [1]] as const) : (["predict_proba", [1, 2]] as const);
  return {
    signature: {
      format: "pickle",
      type: "xgboost.XGBModel",
      libraries: {},
      features: [],
      named: false,
      ...(name === "predict_proba" && { classes: ["no", "yes"] }),
      methods: [{ name, output: { kind: "number", ...(numbers.length > 1 && { columns: numbers.length }) } }],
      parameters: {},
    },
    run: () => ({ shape, data: numbers }),
  };
}

test("computes inverse_func in the precision of the predictions", async () => {
  const single = await withInverse(constantModel(Float32Array.of(12.7)), "expm1").run("predict", row);
  const double = await withInverse(constantModel(Float64Array.of(12.7)), "expm1").run("predict", row);

  assert.equal(single.data[0], 327746.84375);
  assert.equal(double.data[0], 327746.9018738116);
});

test("compares 32-bit probabilities with the threshold in 32 bits", async () => {
  const [below, above] = [Math.fround(0.7), 0.7];
  assert.ok(below < above);

  const single = await withThreshold(constantModel(Float32Array.of(0.3, 0.7)), 0.7).run("predict", row);
  const double = await withThreshold(constantModel(Float64Array.of(0.3, below)), 0.7).run("predict", row);

  assert.deepEqual([single.data[0], double.data[0]], ["yes", "no"]);
});
