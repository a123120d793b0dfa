import assert from "node:assert/strict";
import { test } from "node:test";
import { irisSignature } from "../../../test/support/iris.js";
import type { Table } from "../../model/index.js";
import { deployedModel } from "./deployed-model.js";
import { deployedSignature } from "./deployed-signature.js";

test("reads the signature that a deployment tells", () => {
  const { features, named, classes, methods, parameters } = irisSignature;

  assert.deepEqual(deployedSignature({ signature: { features, named, classes, methods, parameters } }), {
    ...irisSignature,
    format: "deployment",
    type: "The deployed model",
    libraries: {},
    parameters: {},
    methods: methods.map(({ name, output: { kind } }) => ({ name, output: { kind } })),
  });
});

for (const [name, info] of [
  ["nothing", undefined],
  ["another document", { message: "Missing Authentication Token" }],
  ["features of another form", { signature: { features: [1], methods: [{ name: "predict", output: {} }] } }],
] as const) {
  test(`assumes any columns where a deployment tells ${name}`, () => {
    const { features, named, methods } = deployedSignature(info);

    assert.deepEqual([features, named, methods[0]?.name], [[], false, "predict"]);
  });
}

interface Received {
  readonly values: readonly (readonly number[])[];
}

/** A deployment that returns the sum of each row, after the responses in `before`. */
function deployment(before: readonly { status: number; body: string }[] = [], { rowsMax = Infinity } = {}) {
  const requests: Received[] = [];
  const waits: number[] = [];
  const first = [...before];
  const model = deployedModel(irisSignature, {
    send: async (body) => {
      const request = JSON.parse(body) as Received;
      requests.push(request);
      const response = first.shift();
      if (response) return response;
      if (request.values.length > rowsMax) return { status: 413, body: '{"message":"Too large"}' };
      return { status: 200, body: JSON.stringify(request.values.map((row) => row.reduce((a, b) => a + b, 0))) };
    },
    sleep: async (ms) => void waits.push(ms),
    requestsMax: 3,
  });
  return { model, requests, waits };
}

const tableOf = (rows: number): Table => ({
  kind: "matrix",
  rows,
  columns: 4,
  data: new Float64Array(4 * rows).fill(1),
});

test("sends large tables in several requests, and keeps the order of the rows", async () => {
  const { model, requests } = deployment();
  const table = { ...tableOf(2_500), data: Float64Array.from({ length: 10_000 }, (_, i) => i) };

  const { data } = await model.run("predict", table as Table);

  assert.deepEqual(
    Array.from(data),
    Array.from({ length: 2_500 }, (_, row) => 16 * row + 6),
  );
  assert.deepEqual(
    requests.map(({ values }) => values.length),
    [1_000, 1_000, 500],
  );
});

test("repeats a request that was throttled, with growing delays", async () => {
  const throttled = { status: 429, body: '{"message":"Too Many Requests"}' };
  const { model, requests, waits } = deployment([throttled, throttled]);

  assert.deepEqual(await model.run("predict", tableOf(2)), { shape: [2], data: [4, 4] });
  assert.deepEqual([requests.length, waits], [3, [200, 400]]);
});

test("sends fewer rows when a response says that a request is too large", async () => {
  const { model } = deployment([], { rowsMax: 3 });

  assert.deepEqual(await model.run("predict", tableOf(10)), { shape: [10], data: new Array(10).fill(4) });
});

for (const [name, response, code, message] of [
  ["a rejected row", { status: 400, body: '{"message":"Expected a number at row 1"}' }, "score-row-rejected", /row 1/],
  ["a denied request", { status: 403, body: '{"message":"Forbidden"}' }, "score-deployment", /403: Forbidden/],
  ["a response of another length", { status: 200, body: "[1]" }, "score-deployment", /did not return 2 predictions/],
  ["a response of deeper lists", { status: 200, body: "[[[1]],[[2]]]" }, "score-output", /value or a list/],
] as const) {
  test(`reports ${name}`, async () => {
    await assert.rejects(async () => deployment([response]).model.run("predict", tableOf(2)), { code, message });
  });
}
