// The JSON Schema that editors use accepts and rejects the same documents as the parser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv } from "ajv";
import { projectPath } from "../../../test/support/project.js";
import { parseChain } from "./chain-document.js";

const schema = JSON.parse(readFileSync(projectPath("schema/tepal.schema.json"), "utf8")) as object;
const validate = new Ajv({ strict: false, allowUnionTypes: true }).compile(schema);

const steps = ["m.pkl"];
const documents: readonly (readonly [boolean, unknown])[] = [
  [true, "m.pkl"],
  [true, ["s.pkl", "b.pkl::model"]],
  [true, { steps }],
  [true, { steps, columns: "c.pkl" }],
  [true, { steps, columns: ["a", "b"] }],
  [true, { steps, dummies: { city: "city_" } }],
  [true, { steps: [{ file: "s.pkl", columns: ["a"] }, { file: "e.pkl", each: true }, "m.pkl"] }],
  [true, { steps: [{ file: "s.pkl", columns: "b.pkl::num_cols" }, { func: "log1p", columns: "c.json" }, "m.pkl"] }],
  [true, { steps, decode: "le.pkl", threshold: 0.35, numbers_from_strings: true, ignore_extra: false }],
  [true, { steps, threshold: "b.pkl::t" }],
  [true, { steps, inverse_func: "expm1" }],
  [true, { steps: [{ map: { gender: { Male: 1, Female: 0 } } }, "m.pkl"], columns: ["gender"] }],
  [true, { steps, columns: ["a", "b"], constants: { a: 0, b: "web" } }],
  [true, { steps: [{ func: "log1p", columns: ["a"] }, { func: "sqrt" }, "m.pkl"], columns: ["a"] }],
  [true, [{ text: ["lower", { sub: ["\\d+", ""] }, { drop_words: ["the"] }, { drop_words: "w.json" }, "strip"] }, "m"]],
  [true, [{ text: ["lower"], columns: ["mail"] }, "m"]],
  [false, { steps, constants: {} }],
  [false, { steps, constants: { a: null } }],
  [false, { steps, constants: { a: [1] } }],
  [false, [{ func: "eval" }, "m"]],
  [false, [{ func: "log1p", file: "m" }]],
  [false, [{ text: [] }, "m"]],
  [false, [{ text: ["upper"] }, "m"]],
  [false, [{ text: [{ sub: ["a"] }] }, "m"]],
  [false, [{ text: [{ sub: ["a", "b", "c"] }] }, "m"]],
  [false, [{ text: [{ sub: ["(a)", "\\1"] }] }, "m"]],
  [false, [{ text: [{ sub: ["a", "x".repeat(1_001)] }] }, "m"]],
  [false, [{ text: [{ sub: ["a", "b"], flags: "i" }] }, "m"]],
  [false, [{ text: [{ drop_words: [] }] }, "m"]],
  [false, { steps, inverse_func: "expm2" }],
  [false, { steps: [{ map: {} }] }],
  [false, { steps: [{ map: { gender: { Male: "1" } } }] }],
  [false, { steps: [{ map: { gender: { Male: 1 } }, file: "m.pkl" }] }],
  [false, 7],
  [false, null],
  [false, ""],
  [false, "::scaler"],
  [false, []],
  [false, {}],
  [false, { columns: ["a"] }],
  [false, { steps: [] }],
  [false, { steps: Array(101).fill("m.pkl") }],
  [false, { steps: [7] }],
  [false, { steps: [{ each: true }] }],
  [false, { steps: [{ file: "m", colums: ["a"] }] }],
  [false, { steps, step: steps }],
  [false, { steps, columns: [] }],
  [false, { steps, columns: ["a", "a"] }],
  [false, { steps, columns: [1] }],
  [false, { steps, dummies: {} }],
  [false, { steps, dummies: { a: "" } }],
  [false, { steps, dummies: { a: 1 } }],
  [false, { steps, threshold: 1.5 }],
  [false, { steps, threshold: "" }],
  [false, { steps, decode: ["a"] }],
  [false, { steps, ignore_extra: "yes" }],
];

for (const [valid, model] of documents) {
  test(`the schema and the parser ${valid ? "accept" : "reject"} ${JSON.stringify(model).slice(0, 80)}`, () => {
    assert.equal(validate({ model }), valid, "schema");
    if (valid) parseChain(model);
    else assert.throws(() => parseChain(model), { code: "chain-invalid" });
  });
}
