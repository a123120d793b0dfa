import assert from "node:assert/strict";
import { test } from "node:test";
import { aboutAdder, adder } from "../../../test/support/adder.js";
import { irisSignature } from "../../../test/support/iris.js";
import { silentLog } from "../../base/index.js";
import type { Model, Signature } from "../../model/index.js";
import { createHandler } from "../handler.js";

/** Probabilities that are the first columns of a row, and their largest as the class. */
const classifier: Model = {
  signature: { ...irisSignature, classes: ["a", "b", 'c"'] },
  run(method, table) {
    if (table.kind !== "matrix") throw new Error("expected a matrix");
    const rows = Array.from({ length: table.rows }, (_, row) => [...table.data.slice(row * 4, row * 4 + 3)]);
    if (method === "predict") return { shape: [table.rows], data: rows.map((row) => row.indexOf(Math.max(...row))) };
    return { shape: [table.rows, 3], data: rows.flat() };
  },
};

/** Returns its rows as strings, to show how they were read. */
function echo(features: Signature["features"], named = true): Model {
  return {
    signature: {
      ...adder.signature,
      features,
      named,
      methods: [{ name: "predict", output: { kind: "text" } }],
    },
    run(_method, table) {
      if (table.kind !== "frame") throw new Error("expected a frame");
      const rows = Array.from({ length: table.rows }, (_, row) => table.columns.map((column) => column[row] ?? null));
      return { shape: [table.rows], data: rows.map((row) => JSON.stringify(row)) };
    },
  };
}

const houses = echo([
  { name: "area", kind: "number", missing: true },
  { name: "city", kind: "category", missing: true, categories: ["Bern", "NA"] },
  { name: "floor", kind: "category", missing: true, categories: [1, 2] },
]);

async function ask(model: Model, request: object): Promise<unknown> {
  const result = await createHandler({ model, about: aboutAdder, log: silentLog })(JSON.stringify(request));
  if (!result.ok) return result.error.errorMessage;
  return JSON.parse(result.body);
}

const values = [[0.25, 0.5, 0.125, 0]];
const probabilities = { a: 0.25, b: 0.5, 'c"': 0.125 };

for (const [name, request, expected] of [
  ["labels without a method", { values, labels: true }, [probabilities]],
  ["labels of a method", { values, labels: true, method: "decision_function" }, [probabilities]],
  ["labels of labels", { values, labels: true, method: "predict" }, [1]],
  ["no labels", { values, labels: false }, [1]],
  [
    "several methods",
    { values, methods: ["predict", "predict_proba"] },
    { predict: [1], predict_proba: [values[0]?.slice(0, 3)] },
  ],
  ["a method and others", { values, method: "predict", methods: ["predict"] }, { predict: [1] }],
  [
    "several methods with labels",
    { values, methods: ["predict_proba"], labels: true },
    { predict_proba: [probabilities] },
  ],
  ["an empty list of methods", { values, methods: [] }, [1]],
  ["CSV in", { csv: "0.25,0.5,0.125,0\n" }, [1]],
  ["CSV in and out", { csv: "0.25,0.5,0.125,0", accept: "text/csv" }, { csv: "1\n" }],
  ["CSV out", { request: { values, method: "predict_proba" }, accept: "text/csv" }, { csv: "0.25,0.5,0.125\n" }],
  [
    "CSV out with labels",
    { request: { values, labels: true }, accept: "text/csv" },
    { csv: 'a,b,"c"""\n0.25,0.5,0.125\n' },
  ],
  [
    "CSV out of several methods",
    { request: { values, methods: ["predict", "predict_proba"] }, accept: "text/csv" },
    { csv: "predict,predict_proba_0,predict_proba_1,predict_proba_2\n1,0.25,0.5,0.125\n" },
  ],
  ["MLflow's instances and KServe's V1", { instances: values }, { predictions: [1] }],
  ["MLflow's inputs as rows", { inputs: values }, { predictions: [1] }],
  ["MLflow's inputs as columns", { inputs: { w: [0.25], x: [[0.5]], y: 0.125, z: [0] } }, { predictions: [1] }],
  [
    "MLflow's dataframe_split",
    { dataframe_split: { columns: ["w", "x", "y", "z"], index: [0], data: values } },
    { predictions: [1] },
  ],
  ["MLflow's dataframe_records", { dataframe_records: [{ w: 0.25, x: 0.5, y: 0.125, z: 0 }] }, { predictions: [1] }],
  [
    "MLflow's parameters",
    { instances: values, params: { predict_method: "predict_proba" } },
    { predictions: [[0.25, 0.5, 0.125]] },
  ],
  [
    "KServe's V2",
    {
      id: "1",
      inputs: [{ name: "m", shape: [1, 4], datatype: "FP32", data: values }],
      outputs: [{ name: "predict_proba" }],
    },
    { id: "1", outputs: [{ name: "predict_proba", shape: [1, 3], datatype: "FP64", data: [0.25, 0.5, 0.125] }] },
  ],
  [
    "KServe's V2 by column",
    {
      inputs: ["x3", "x2", "x1", "x0"].map((name, i) => ({
        name,
        shape: [1, 1],
        datatype: "FP64",
        data: [[0, 3, 2, 1][i]],
      })),
    },
    { outputs: [{ name: "predict", shape: [1], datatype: "INT64", data: [2] }] },
  ],
] as const) {
  test(`responds to ${name}`, async () => {
    assert.deepEqual(await ask(classifier, request), expected);
  });
}

for (const [name, csv, expected] of [
  ["a header in another order", "floor,city,area\n2,Bern,81.5\n", [[81.5, "Bern", 2]]],
  [
    "no header",
    "81.5,Bern,2\r\n,,",
    [
      [81.5, "Bern", 2],
      [null, null, null],
    ],
  ],
  ["missing values, and a category that looks like one", "NaN,NA,null", [[null, "NA", null]]],
  ["quotes", 'area,city,floor\n1,"Zug, ""ZG""",1', [[1, 'Zug, "ZG"', 1]]],
] as const) {
  test(`reads CSV with ${name}`, async () => {
    assert.deepEqual(
      await ask(houses, { csv }),
      expected.map((row) => JSON.stringify(row)),
    );
  });
}

test("reads strings and documents from tensors", async () => {
  const texts = echo([{ name: "text", kind: "text", missing: false }]);
  const input = { name: "text", shape: [2], datatype: "BYTES", data: ["one", "two"] };

  const { outputs } = (await ask(texts, { inputs: [input] })) as { outputs: { data: string[]; datatype: string }[] };

  assert.deepEqual(outputs[0]?.data, ['["one"]', '["two"]']);
  assert.equal(outputs[0]?.datatype, "BYTES");
});

const tensor = { name: "m", shape: [1, 4], datatype: "FP64", data: [1, 2, 3, 4] };

for (const [name, request, message] of [
  ["a misspelled key", { vlaues: values }, /"vlaues", which is not a known key\. Did you mean "values"\?/],
  ["another key of rows", { rows: values }, /"rows", .*Did you mean "values"/],
  ["a misspelled key of MLflow", { dataframe_splits: {} }, /Did you mean "dataframe_split"/],
  ["rows under two keys", { values, instances: values }, /rows in "values" and "instances"/],
  ["a nested envelope", { request: { request: { values } } }, /"request" inside of "request"/],
  ["labels that are not a boolean", { values, labels: "yes" }, /"labels" must be true or false/],
  ["methods that are not a list", { values, methods: "predict" }, /"methods" must be a list/],
  ["an unknown method among several", { values, methods: ["predict", "fly"] }, /no method "fly"/],
  ["CSV that is not a string", { csv: 1 }, /"csv" must be a string/],
  ["empty CSV", { csv: "\n" }, /The table is empty/],
  ["CSV with an open quote", { csv: '1,"2\n' }, /Line 1, column 2/],
  ["CSV with an uneven line", { csv: "1,2,3,4\n1,2,3\n" }, /Line 2 has 3 cells; the first line has 4/],
  ["CSV with a word for a number", { csv: "1,2,3,x\n" }, /Expected a number at row 1, column 4/],
  ["instances that are not a list", { instances: 1 }, /"instances" must be a list/],
  ["dataframe_split without data", { dataframe_split: { columns: [] } }, /must be an object with "columns" and "data"/],
  ["columns of different lengths", { inputs: { a: [1, 2], b: [1] } }, /"b" has 1 values, and "a" has 2/],
  ["a tensor without a name", { inputs: [{ ...tensor, name: 1 }] }, /must be an object with "name"/],
  ["a tensor with too few values", { inputs: [{ ...tensor, shape: [2, 4] }] }, /has 4 values; its shape has 8/],
  ["a tensor with a huge empty shape", { inputs: [{ ...tensor, shape: [1e15, 0], data: [] }] }, /list of 1 or 2 sizes/],
  ["a tensor of three dimensions", { inputs: [{ ...tensor, shape: [1, 2, 2] }] }, /list of 1 or 2 sizes/],
  ["a tensor of an unknown datatype", { inputs: [{ ...tensor, datatype: "FP8" }] }, /"datatype" must be one of/],
  ["an inherited datatype", { inputs: [{ ...tensor, datatype: "toString" }] }, /"datatype" must be one of/],
  ["a tensor without data", { inputs: [{ ...tensor, data: undefined }] }, /has no "data"/],
  ["a tensor that is a row", { inputs: [{ ...tensor, shape: [4] }] }, /must have the shape \[rows, 4\]/],
  ["an output that is not a method", { inputs: [tensor], outputs: [{ name: "y" }] }, /no method "y"/],
] as const) {
  test(`rejects ${name}`, async () => {
    const answer = await ask(classifier, request);

    assert.equal(typeof answer, "string", JSON.stringify(answer));
    assert.match(String(answer), message);
    assert.match(String(answer), /^\[400\] /);
  });
}

test("rejects labels for a model without classes", async () => {
  assert.match(String(await ask(adder, { values: [[1, 2]], labels: true })), /no method with a value for each class/);
});

test("does not label the columns of one-against-one decisions, which are pairs of classes", async () => {
  const signature = { ...classifier.signature, parameters: { decision_function_shape: "ovo" } };
  const request = { values, labels: true, method: "decision_function" };

  assert.match(String(await ask({ ...classifier, signature }, request)), /does not return a value for each class/);
});
