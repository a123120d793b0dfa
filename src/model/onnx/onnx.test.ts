// ONNX models that skl2onnx wrote. They run where onnxruntime-node is installed; elsewhere the error says how to
// install it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../test/support/project.js";
import { TepalError } from "../../base/index.js";
import { type MethodName, readModel, readTable, type Scalar, toList } from "../index.js";
import { readOutline } from "./outline.js";
import { loadRuntime } from "./runtime.js";

const root = projectPath("src/model/onnx/fixtures");
const bytesOf = (name: string) => new Uint8Array(readFileSync(`${root}/${name}.onnx`));
const packageName: string = "onnxruntime-node";
const isInstalled = await import(packageName).then(
  () => true,
  () => false,
);

for (const name of ["classifier", "zipmap", "regressor", "columns"]) {
  test(`predicts as scikit-learn: ${name}.onnx`, {
    skip: !isInstalled && "onnxruntime-node not installed",
  }, async () => {
    const { values, outputs } = JSON.parse(readFileSync(`${root}/${name}.json`, "utf8"));
    const { signature, ...model } = await readModel(bytesOf(name));
    const table = readTable(values, signature);
    assert.deepEqual(signature.methods.map((method) => method.name).sort(), Object.keys(outputs).sort());
    for (const [method, expected] of Object.entries(outputs)) {
      const found = [toList(await model.run(method as MethodName, table))].flat(3) as Scalar[];
      const expectedValues = [expected].flat(3) as Scalar[];
      assert.equal(found.length, expectedValues.length);
      for (const [index, value] of expectedValues.entries()) {
        if (typeof value === "number") assert.ok(Math.abs(Number(found[index]) - value) < 1e-5, `${method} ${index}`);
        else assert.equal(found[index], value);
      }
    }
  });
}

test("where the package is not installed, the error says how to install it", async () => {
  await assert.rejects(loadRuntime("onnxruntime-node-that-nobody-installs"), {
    code: "onnx-runtime-missing",
    hint: /npm install onnxruntime-node/,
  });
});

test("what goes in and comes out is read from the file alone", () => {
  const { producer, inputs, outputs, operators } = readOutline(bytesOf("columns"));

  assert.equal(producer, "skl2onnx");
  assert.deepEqual(inputs, [
    { name: "age", type: "float32", shape: [undefined, 1] },
    { name: "city", type: "string", shape: [undefined, 1] },
  ]);
  assert.deepEqual(
    outputs.map(({ name, type }) => [name, type]),
    [
      ["label", "int64"],
      ["probabilities", "float32"],
    ],
  );
  assert.ok(operators.includes("OneHotEncoder"));
});

for (const [what, file, code, message] of [
  ["a model that is cut", bytesOf("classifier").subarray(0, 300), "file-cut-short", /found/],
  ["a model without a graph", Uint8Array.of(8, 10, 0x12, 1, 0x61), "onnx-broken", /no graph/],
  ["a field of an unknown type", Uint8Array.of(8, 10, 0x12, 1, 0x61, 0x0b), "onnx-broken", /a field of type 3/],
  [
    "a number without an end",
    Uint8Array.of(8, 10, 0x28, ...new Array<number>(20).fill(0xff)),
    "onnx-broken",
    /without an end/,
  ],
  ["a graph without inputs", Uint8Array.of(8, 10, 0x3a, 0), "estimator-unsupported", /no inputs/],
] as const) {
  test(`rejects ${what}`, async () => {
    await assert.rejects(readModel(file), { code, message });
  });
}

test("rejects with a code, or reads, a model with a changed byte", () => {
  const whole = bytesOf("columns");
  for (let at = 0; at < whole.length; at++) {
    const file = whole.slice();
    file[at] = (at * 37) % 256;
    try {
      readOutline(file);
    } catch (error) {
      assert.ok(error instanceof TepalError, `byte ${at}: ${error}`);
    }
  }
});
