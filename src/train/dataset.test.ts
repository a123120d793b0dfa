import assert from "node:assert/strict";
import { test } from "node:test";
import { readCsv } from "./csv.js";
import { datasetOf } from "./dataset.js";
import { train } from "./train.js";

test("separates the label column and keeps the others in order as numbers", () => {
  const { featureNames, x, classes, y } = datasetOf(readCsv("a,kind,b\n1,x,-2.5\n1e2,y,.5\n3,x,4.\n"), "kind");

  assert.deepEqual(featureNames, ["a", "b"]);
  assert.deepEqual([...x], [1, -2.5, 100, 0.5, 3, 4]);
  assert.deepEqual(
    [classes, [...y]],
    [
      ["x", "y"],
      [0, 1, 0],
    ],
  );
});

for (const [name, labels, expected] of [
  ["integers", ["10", "9", "-1"], [-1, 9, 10]],
  ["integers written as floats", ["1.0", "0.0"], [0, 1]],
  ["text, by code points", ["b", "a", "B", "\u{1F33C}", "\uFF5E"], ["B", "a", "b", "\uFF5E", "\u{1F33C}"]],
  ["numbers and text", ["1", "x", "02"], ["02", "1", "x"]],
] as const) {
  test(`sorts classes of ${name}`, () => {
    const rows = labels.map((label, i) => `${i},${label}`).join("\n");

    assert.deepEqual(datasetOf(readCsv(`x,label\n${rows}\n`), "label").classes, expected);
  });
}

for (const [name, csv, code, message, place] of [
  ["an unknown label", "a,b\n1,2\n", "train-label-unknown", /"kind"/, {}],
  ["a label alone", "kind\nx\ny\n", "train-no-features", /no column besides/, {}],
  ["a missing number", "a,kind\n1,x\n,y\n", "train-value-missing", /Line 3, column "a"/, { row: 3, column: "a" }],
  ["a missing label", "a,kind\n1,x\n2,\n", "train-value-missing", /Line 3, column "kind"/, { row: 3, column: "kind" }],
  [
    "text for a number",
    "a,kind\n1,x\nred,y\n",
    "train-not-a-number",
    /Line 3, column "a": "red"/,
    { row: 3, column: "a" },
  ],
  ["a decimal comma", 'a,kind\n"1,5",x\n', "train-not-a-number", /"1,5"/, { row: 2, column: "a" }],
  ["infinity", "a,kind\n1e999,x\n", "train-not-a-number", /"1e999"/, { row: 2, column: "a" }],
  ["JavaScript's own numbers", "a,kind\n0x10,x\n", "train-not-a-number", /"0x10"/, { row: 2, column: "a" }],
  [
    "one class",
    "a,kind\n1,x\n2,x\n",
    "train-classes",
    /1 different labels; at least two are required/,
    { column: "kind" },
  ],
  [
    "too many classes",
    `a,kind\n${Array.from({ length: 501 }, (_, i) => `1,c${i}`).join("\n")}`,
    "train-classes",
    /501/,
    { column: "kind" },
  ],
] as const) {
  test(`rejects ${name}`, () => {
    assert.throws(() => datasetOf(readCsv(csv), "kind"), { code, message, place });
  });
}

for (const [name, options, message] of [
  ["another estimator", { estimator: "forest" as "svc" }, /estimator must be svc, found "forest"/],
  ["C of zero", { C: 0 }, /C must be a number above 0, found 0/],
  ["gamma that is not a number", { gamma: Number.NaN }, /gamma must be scale, auto or a number above 0/],
  ["a half degree", { degree: 2.5 }, /degree must be an integer from 0 to 100, found 2\.5/],
  ["one fold", { crossValidation: 1 }, /crossValidation must be 0, or from 2 to 100 folds, found 1/],
  ["a negative seed", { seed: -1 }, /seed must be an integer from 0 to 4294967295, found -1/],
] as const) {
  test(`rejects the option ${name}`, async () => {
    await assert.rejects(train({ csv: "a,b\n1,2\n", label: "b", ...options }), { code: "train-option", message });
  });
}

for (const [name, csv, message] of [
  [
    "fewer rows than folds in every class",
    "a,kind\n1,x\n2,x\n3,y\n4,y\n",
    /5-fold cross-validation: the largest class has 2 rows/,
  ],
  [
    "a fold that leaves one class",
    "a,kind\n1,x\n2,x\n3,x\n4,x\n5,x\n6,y\n",
    /the training folds contain a single class/,
  ],
] as const) {
  test(`rejects cross-validation of ${name}, but trains without it`, async () => {
    await assert.rejects(train({ csv, label: "kind" }), { code: "train-too-few-rows", message });
    assert.equal((await train({ csv, label: "kind", crossValidation: 0 })).report.crossValidation, undefined);
  });
}

test("rejects values too large to fit instead of saving a model", async () => {
  const csv = "a,kind\n1e300,x\n-1e300,y\n1e299,x\n-1e299,y\n";

  await assert.rejects(train({ csv, label: "kind", crossValidation: 0 }), { code: "train-not-finite" });
});
