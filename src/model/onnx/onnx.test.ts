// ONNX models that skl2onnx, onnxmltools and the onnx package wrote. They run where onnxruntime-node is installed;
// elsewhere the error says how to install it.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../test/support/project.js";
import { TepalError } from "../../base/index.js";
import { type MethodName, type Nested, readModel, readTable, type Scalar, toList } from "../index.js";
import { readInputs } from "./inputs.js";
import { readOutline } from "./outline.js";
import { readOutputs } from "./outputs.js";
import { encodeField } from "./protobuf.js";
import { loadRuntime } from "./runtime.js";

const root = projectPath("src/model/onnx/fixtures");
const bytesOf = (name: string) => new Uint8Array(readFileSync(`${root}/${name}.onnx`));
const packageName: string = "onnxruntime-node";
const skip = await import(packageName).then(
  () => false,
  () => "onnxruntime-node not installed",
);

/** What a fixture's generator recorded: of scikit-learn, or of onnxruntime in Python. */
interface Recorded {
  readonly values: unknown;
  readonly outputs: Readonly<Partial<Record<MethodName, Nested>>>;
  readonly classes?: readonly Scalar[] | null;
}

const recordedOf = (name: string): Recorded => JSON.parse(readFileSync(`${root}/${name}.json`, "utf8"));
const fixtures = readdirSync(root).flatMap((file) => /^(.*)\.onnx$/.exec(file)?.[1] ?? []);

for (const name of fixtures) {
  test(`predicts as in Python: ${name}.onnx`, { skip }, async () => {
    const { values, outputs, classes } = recordedOf(name);
    const { signature, ...model } = await readModel(bytesOf(name));
    const table = readTable(values, signature);
    assert.deepEqual(signature.methods.map((method) => method.name).sort(), Object.keys(outputs).sort());
    if (classes) assert.deepEqual(signature.classes, classes);
    for (const [method, expected] of Object.entries(outputs)) {
      const found = toList(await model.run(method as MethodName, table));
      assertNear(found, expected, method);
    }
  });
}

/** scikit-learn computes in 64-bit floats, onnxruntime mostly in 32-bit floats. */
const tolerance = 1e-5;

function assertNear(found: Nested, expected: Nested, where: string): void {
  if (Array.isArray(found) && Array.isArray(expected)) {
    assert.equal(found.length, expected.length, where);
    for (const [index, each] of expected.entries()) assertNear(found[index] ?? null, each, `${where} ${index}`);
  } else if (typeof found === "number" && typeof expected === "number") {
    assert.ok(Math.abs(found - expected) < tolerance, `${where}: ${found}, not ${expected}`);
  } else {
    assert.equal(found, expected, where);
  }
}

test("where the package is not installed, the error says how to install it", async () => {
  await assert.rejects(loadRuntime("onnxruntime-node-that-nobody-installs"), {
    code: "onnx-runtime-missing",
    hint: /npm install onnxruntime-node/,
  });
});

test("what goes in and comes out is read from the file alone", () => {
  const { producer, inputs, outputs, nodes } = readOutline(bytesOf("columns"));

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
  assert.ok(nodes.some(({ operator }) => operator === "OneHotEncoder"));
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

/** A model that onnxruntime need not run: its inputs and outputs as [name, type, shape]. */
function graphOf(inputs: readonly ValueOf[], outputs: readonly ValueOf[]): Uint8Array {
  const graph = [
    ...inputs.map((value) => field(11, valueInfo(value))),
    ...outputs.map((value) => field(12, valueInfo(value))),
  ];
  return Uint8Array.of(8, 8, ...field(7, graph.flat()));
}

type ValueOf = readonly [name: string, type: number, shape: readonly (number | undefined)[]];

const field = (number: number, content: readonly number[]) => [...encodeField(number, Uint8Array.from(content))];
const ascii = (text: string) => [...new TextEncoder().encode(text)];

function valueInfo([name, type, shape]: ValueOf): number[] {
  const lengths = shape.flatMap((length) => field(1, length === undefined ? [] : [8, ...varint(length)]));
  return [...field(1, ascii(name)), ...field(2, field(1, [8, type, ...field(2, lengths)]))];
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

const float = 1;
const result: ValueOf = ["y", float, [undefined, 1]];
for (const [what, inputs, message] of [
  [
    "inputs that expect different numbers of rows",
    [
      ["a", float, [1, 2]],
      ["b", float, [3, 2]],
    ],
    /different numbers of rows: 1, 3/,
  ],
  [
    "an open number of columns beside another input",
    [
      ["a", float, [undefined, undefined]],
      ["b", float, [undefined, 1]],
    ],
    /"a" does not declare its number of columns/,
  ],
  ["a list of values, which may be a row or a column", [["a", float, [4]]], /a list of 4 values/],
  ["images", [["a", float, [undefined, 3, 8, 8]]], /has 4 dimensions/],
  ["a single number", [["a", float, []]], /has 0 dimensions/],
  ["an input of another type", [["a", 16, [undefined, 4]]], /neither numbers nor strings/],
  ["more columns than a model has", [["a", float, [undefined, 2 ** 50]]], /1125899906842624 columns; the maximum is/],
  [
    "a batch that would fill the memory",
    [["a", float, [2 ** 50, 4]]],
    /1125899906842624 rows of 4 values in every run/,
  ],
] as const) {
  test(`rejects ${what}`, async () => {
    await assert.rejects(readModel(graphOf(inputs, [result])), { code: "estimator-unsupported", message });
  });
}

test("rejects a file with several graphs", async () => {
  const graph = graphOf([["a", float, [undefined, 1]]], [result]);
  await assert.rejects(readModel(Uint8Array.of(...graph, ...graph.subarray(2))), {
    code: "onnx-broken",
    message: /several/,
  });
});

for (const [name, values, code, message] of [
  ["classifier", [[1, 2, 3]], "input-width", /the model expects 4/],
  [
    "open-columns",
    [
      [1, 2, 3, 4],
      [1, 2, 3],
    ],
    "input-width",
    /Row 2 has 3 values/,
  ],
  ["open-columns", [[1, 2]], "input-width", /does not record its number of columns, and onnxruntime failed on 2/],
  ["open-columns", [[1, "2", 3, 4]], "input-not-a-number", /Expected a number at row 1, column 2, found "2"/],
  ["open-columns-strings", [["a"], [1]], "input-not-a-string", /Expected a string at row 2, column 1, found 1/],
  [
    "data-frame",
    [[20, 1.5, true, "Oslo", 1]],
    "input-not-a-number",
    /Expected an integer at row 1, column 2 \("rooms"\)/,
  ],
] as const) {
  test(`rejects the rows ${JSON.stringify(values)} of ${name}.onnx`, { skip }, async () => {
    const { signature, ...model } = await readModel(bytesOf(name));
    await assert.rejects(async () => model.run("predict", readTable(values, signature)), { code, message });
  });
}

test("rejects probabilities without a label for each", { skip }, async () => {
  const file = bytesOf("zipmap-bayes");
  // AttributeProto.strings becomes a field that the format does not have.
  file[Buffer.from(file).indexOf("J\nversicolor")] = 12 * 8 + 2;
  const { signature, ...model } = await readModel(file);
  const table = readTable([[1, 2, 3, 4]], signature);
  await assert.rejects(async () => model.run("predict_proba", table), {
    code: "onnx-failed",
    message: /number of classlabels/,
  });
});

for (const name of ["columns", "zipmap-integers", "zipmap-columns"]) {
  test(`rejects with a code, or reads, ${name}.onnx with a changed byte`, () => {
    const whole = bytesOf(name);
    for (let at = 0; at < whole.length; at++) {
      const file = whole.slice();
      file[at] = (at * 37) % 256;
      try {
        const outline = readOutline(file);
        readInputs(outline.inputs);
        readOutputs(outline);
      } catch (error) {
        assert.ok(error instanceof TepalError, `byte ${at}: ${error}`);
      }
    }
  });
}
