import assert from "node:assert/strict";
import { test } from "node:test";
import type { Feature, Signature } from "./model.js";
import { readMethod, readTable } from "./read-table.js";

const feature = (name: string, kind: Feature["kind"] = "number", missing = false): Feature => ({ name, kind, missing });

function signature(features: readonly Feature[], named = false): Signature {
  return {
    format: "pickle",
    type: "sklearn.svm.SVC",
    libraries: {},
    features,
    named,
    methods: [
      { name: "predict", output: { kind: "label" } },
      { name: "decision_function", output: { kind: "number", columns: 3 } },
    ],
    parameters: {},
  };
}

const numbers = signature([feature("x0"), feature("x1"), feature("x2")]);
const named = signature([feature("age"), feature("fare")], true);
const mixed = signature([feature("age", "number", true), feature("city", "category"), feature("note", "text")], true);

test("rows of numbers become a matrix", () => {
  assert.deepEqual(
    readTable(
      [
        [1, 2.5, -3],
        [4, 5, 6],
      ],
      numbers,
    ),
    {
      kind: "matrix",
      rows: 2,
      columns: 3,
      data: Float64Array.of(1, 2.5, -3, 4, 5, 6),
    },
  );
});

test("reads booleans as 1 and 0 in columns of numbers", () => {
  assert.deepEqual(readTable([[true, 2.5, false]], numbers), {
    kind: "matrix",
    rows: 1,
    columns: 3,
    data: Float64Array.of(1, 2.5, 0),
  });
  assert.deepEqual(readTable([[true, true, "a"]], mixed), { kind: "frame", rows: 1, columns: [[1], [true], ["a"]] });
});

test("rows by name are put in the model's order", () => {
  assert.deepEqual(readTable([{ fare: 7.5, age: 42 }, [1, 2]], named), {
    kind: "matrix",
    rows: 2,
    columns: 2,
    data: Float64Array.of(42, 7.5, 1, 2),
  });
});

test("reads strings and categories as a frame, with null as NaN where a number may be missing", () => {
  assert.deepEqual(
    readTable(
      [
        [null, "Oslo", "a note"],
        [3, 7, "b"],
      ],
      mixed,
    ),
    {
      kind: "frame",
      rows: 2,
      columns: [
        [Number.NaN, 3],
        ["Oslo", 7],
        ["a note", "b"],
      ],
    },
  );
});

for (const [what, values, of, code, message] of [
  [
    "nothing",
    undefined,
    numbers,
    "input-values-missing",
    'The request has no "values"; expected {"values": [[1, 2, 3]]}',
  ],
  [
    "a string",
    "1,2,3",
    numbers,
    "input-not-rows",
    '"values" is the string "1,2,3", not a list of rows; expected {"values": [[1, 2, 3]]}',
  ],
  ["null", null, numbers, "input-not-rows", '"values" is null, not a list of rows; expected {"values": [[1, 2, 3]]}'],
  ["no rows", [], numbers, "input-empty", '"values" has no rows'],
  ["one bare row", [1, 2, 3], numbers, "input-not-rows", "Row 1 is the number 1, not a list of 3 values"],
  [
    "a row that is too short",
    [
      [1, 2, 3],
      [1, 2],
    ],
    numbers,
    "input-width",
    "Row 2 has 2 values; the model expects 3 features",
  ],
  [
    "a row by name without names",
    [{ x0: 1, x1: 2, x2: 3 }],
    numbers,
    "input-not-rows",
    "Row 1 is an object, not a list of 3 values",
  ],
  [
    "a string for a number",
    [
      [1, 2, 3],
      [1, 2, "3"],
    ],
    numbers,
    "input-not-a-number",
    'Expected a number at row 2, column 3 ("x2"), found the string "3"',
  ],
  [
    "a list for a number",
    [[[1], 2, 3]],
    numbers,
    "input-not-a-number",
    'Expected a number at row 1, column 1 ("x0"), found a list',
  ],
  [
    "a number beyond a double",
    JSON.parse("[[1e999, 2, 3]]"),
    numbers,
    "input-not-a-number",
    'Expected a number at row 1, column 1 ("x0"), found a number too large for a double',
  ],
  [
    "a missing value",
    [[1, null, 3]],
    numbers,
    "input-missing-value",
    'Missing value (null) at row 1, column 2 ("x1"); expected a number',
  ],
  ["a name that does not exist", [{ age: 1 }], named, "input-name-missing", 'Row 1 has no "fare"'],
  [
    "a name too many",
    [{ age: 1, fare: 2, sex: "f" }],
    named,
    "input-name-unknown",
    'Row 1 has "sex", which is not a column of the model',
  ],
  [
    "a missing category",
    [[1, null, "a"]],
    mixed,
    "input-missing-value",
    'Missing value (null) at row 1, column 2 ("city"); expected a category',
  ],
  [
    "a number for a string",
    [[1, "Oslo", 7]],
    mixed,
    "input-not-a-number",
    'Expected a string at row 1, column 3 ("note"), found the number 7',
  ],
] as const) {
  test(`rejects ${what} in a request with its location`, () => {
    assert.throws(() => readTable(values, of), { name: "TepalError", code, message });
  });
}

test("a request without a method gets the model's first", () => {
  assert.deepEqual(
    [readMethod(undefined, numbers), readMethod("decision_function", numbers)],
    ["predict", "decision_function"],
  );
});

test("rejects a method that the model does not have, and lists those that it has", () => {
  const message = 'sklearn.svm.SVC has no method "transform"; it has predict, decision_function';

  assert.throws(() => readMethod("transform", numbers), { code: "method-unknown", message });
});

const alone = (kind: Feature["kind"]): Signature => ({
  format: "pickle",
  type: "sklearn.pipeline.Pipeline",
  libraries: {},
  features: [{ name: "text", kind, missing: false }],
  named: false,
  methods: [{ name: "predict", output: { kind: "label" } }],
  parameters: {},
});

test("accepts documents with and without a list around each", () => {
  const rows = [["one"], "two"];
  assert.deepEqual(readTable(rows, alone("text")), { kind: "frame", rows: 2, columns: [["one", "two"]] });
});

test("reads a row of names and values, or a list of labels, as one value", () => {
  const table = readTable([{ city: "Oslo" }, ["a", "b"], []], alone("json"));
  assert.deepEqual(table, { kind: "frame", rows: 3, columns: [['{"city":"Oslo"}', '["a","b"]', "[]"]] });
});

test("rejects a row that is not an object where one is expected", () => {
  assert.throws(() => readTable(["Oslo"], alone("json")), { code: "input-not-rows" });
});

test("accepts a name with blanks where the library replaced them by underscores, and the replaced one", () => {
  const lightgbm = signature([{ ...feature("income_x"), blanksReplaced: true }, feature("age")], true);

  for (const row of [
    { "income x": 1, age: 2 },
    { income_x: 1, age: 2 },
  ]) {
    assert.deepEqual(readTable([row], lightgbm), { kind: "matrix", rows: 1, columns: 2, data: Float64Array.of(1, 2) });
  }
  assert.throws(() => readTable([{ "income x": 1, income_x: 1, age: 2 }], lightgbm), { code: "input-name-unknown" });
});

test("accepts numbers as strings and other keys only where the signature says so", () => {
  const lenient = { ...named, numbersFromStrings: true, ignoreExtra: true } as const;

  assert.deepEqual(readTable([{ age: " 42 ", fare: "-7.5e1", id: 1 }], lenient), {
    kind: "matrix",
    rows: 1,
    columns: 2,
    data: Float64Array.of(42, -75),
  });
  assert.throws(() => readTable([["42", 1]], named), {
    code: "input-not-a-number",
    hint: /numbers_from_strings: true/,
  });
  assert.throws(() => readTable([["1e999", 1]], lenient), { code: "input-not-a-number" });
  assert.throws(() => readTable([{ age: 1, fare: 2, id: 3 }], named), { hint: /ignore_extra: true/ });
});
