import assert from "node:assert/strict";
import { test } from "node:test";
import { ModelError } from "../errors.js";
import { filesOf, parseChain, plainFileOf, renameFiles } from "./chain-document.js";
import { splitReference } from "./reference.js";

const full = {
  columns: "a.pkl::features",
  dummies: { city: "city_" },
  steps: ["a.pkl::scaler", { file: "b.pkl", columns: ["x"] }, { file: "c.pkl::e", each: true }, "a.pkl::model"],
  decode: "d.pkl",
  threshold: "a.pkl::t",
  numbers_from_strings: true,
  ignore_extra: false,
};

test("accepts every key", () => {
  assert.deepEqual(parseChain(full), full);
});

test("reads a string as one step and a list as the steps", () => {
  assert.deepEqual(parseChain("m.pkl"), { steps: ["m.pkl"] });
  assert.deepEqual(parseChain(["s.pkl", "m.pkl"]), { steps: ["s.pkl", "m.pkl"] });
});

test("leaves out a key whose value is null, as YAML writes an empty one", () => {
  assert.deepEqual(parseChain({ steps: ["m.pkl"], decode: null }), { steps: ["m.pkl"] });
});

for (const [name, document, message, hint] of [
  ["a misspelled key", { step: ["m"], steps: ["m"] }, /^Unknown key model\.step$/, /^Did you mean "steps"\?$/],
  ["a misspelled key of a step", [{ file: "m", colums: ["a"] }], /^Unknown key model\[0\]\.colums$/, /"columns"/],
  ["an unknown key", { steps: ["m"], zzzzzzzz: 1 }, /^Unknown key model\.zzzzzzzz$/, /^The keys are: steps, columns/],
  ["a key of Object.prototype", JSON.parse('{"steps": ["m"], "__proto__": 1}'), /^Unknown key model\.__proto__$/],
  ["a missing key", { columns: ["a"] }, /^The key model\.steps is missing$/],
  ["a step without a file", [{ each: true }], /^The key model\[0\]\.file is missing$/],
  ["a number", 7, /^Expected a file or a mapping with the key "steps" as model, found 7$/],
  ["null", null, /^Expected a file or a mapping/],
  ["an empty string", "", /^Expected a file, or FILE::MEMBER as model, found ""$/],
  ["a member without a file", "::scaler", /^Expected a file, or FILE::MEMBER/],
  ["a NUL in a path", "a\0b", /^Expected a file, or FILE::MEMBER/],
  ["no steps", { steps: [] }, /^Expected a list of files as model\.steps, found an empty list$/],
  ["too many steps", Array(101).fill("m"), /^Expected at most 100 steps as model, found /],
  ["a step that is a list", { steps: [["m"]] }, /model\.steps\[0\], found a list$/],
  ["each that is a string", [{ file: "m", each: "yes" }], /^Expected true or false as model\[0\]\.each, found "yes"$/],
  ["a column twice", { steps: ["m"], columns: ["a", "a"] }, /^model\.columns has the column "a" twice$/],
  ["a column that is a number", { steps: ["m"], columns: [1] }, /^Expected a list of strings as model\.columns/],
  ["no columns", { steps: ["m"], columns: [] }, /^Expected a list of column names/],
  ["too many columns", { steps: ["m"], columns: Array(100_001).fill("a") }, /^Expected a list of column names/],
  ["dummies that are a list", { steps: ["m"], dummies: ["a"] }, /^Expected a mapping of columns to prefixes/],
  ["no dummies", { steps: ["m"], dummies: {} }, /^Expected a mapping of columns to prefixes/],
  ["an empty prefix", { steps: ["m"], dummies: { a: "" } }, /^Expected a prefix as model\.dummies\.a, found ""$/],
  ["a threshold above 1", { steps: ["m"], threshold: 1.5 }, /^Expected a number from 0 to 1 as model\.threshold/],
  ["a threshold that is not a number", { steps: ["m"], threshold: Number.NaN }, /^Expected a number from 0 to 1/],
  [
    "a decoder that is a mapping",
    { steps: ["m"], decode: { file: "a" } },
    /^Expected a file, or FILE::MEMBER as model\.decode/,
  ],
] as const) {
  test(`rejects ${name}`, () => {
    assert.throws(
      () => parseChain(document),
      (error: unknown) => {
        assert.ok(error instanceof ModelError);
        assert.equal(error.code, "chain-invalid");
        assert.match(error.message, message);
        assert.ok(error.message.length < 300);
        if (hint) assert.match(error.hint ?? "", hint);
        return true;
      },
    );
  });
}

test("lists each file once, those of the steps first", () => {
  assert.deepEqual(filesOf(parseChain(full)), ["a.pkl", "b.pkl", "c.pkl", "d.pkl"]);
  assert.deepEqual(filesOf({ steps: ["m"], columns: ["not-a-file"], threshold: 0.5 }), ["m"]);
});

test("lists and renames the files of columns and of the words to drop", () => {
  const chain = parseChain({
    steps: [
      { text: [{ drop_words: "w.json" }, "lower"], columns: "t.json" },
      { func: "log1p", columns: "b.pkl::skewed" },
      { file: "m.pkl", columns: "c.json" },
    ],
  });

  assert.deepEqual(filesOf(chain), ["w.json", "t.json", "b.pkl", "m.pkl", "c.json"]);
  assert.deepEqual(
    renameFiles(chain, (file) => `x-${file}`),
    {
      steps: [
        { text: [{ drop_words: "x-w.json" }, "lower"], columns: "x-t.json" },
        { func: "log1p", columns: "x-b.pkl::skewed" },
        { file: "x-m.pkl", columns: "x-c.json" },
      ],
    },
  );
});

test("renames the files of every reference and keeps the rest", () => {
  const renamed = renameFiles(parseChain(full), (file) => `x-${file}`);

  assert.deepEqual(renamed, {
    ...full,
    columns: "x-a.pkl::features",
    steps: [
      "x-a.pkl::scaler",
      { file: "x-b.pkl", columns: ["x"] },
      { file: "x-c.pkl::e", each: true },
      "x-a.pkl::model",
    ],
    decode: "x-d.pkl",
    threshold: "x-a.pkl::t",
  });
});

test("splits a reference at the last ::, so that a path can contain one", () => {
  assert.deepEqual(splitReference("a::b.pkl::models.rf"), { file: "a::b.pkl", member: "models.rf" });
  assert.deepEqual(splitReference("C:/a.pkl"), { file: "C:/a.pkl" });
});

test("finds the plain file of a document that is nothing else", () => {
  assert.equal(plainFileOf(parseChain("m.pkl")), "m.pkl");
  for (const document of ["m.pkl::model", ["a", "b"], { steps: ["m"], threshold: 0.5 }, [{ file: "m", each: true }]])
    assert.equal(plainFileOf(parseChain(document)), undefined);
});
