import assert from "node:assert/strict";
import { test } from "node:test";
import { hasMoreJsonValues, isJson } from "./json-scan.js";

const documents = [
  '{"a":[1,-2.5e+3,0,"x\\u00e9\\n\\\\",true,false,null,{}],"b":{"c":[]},"":"é"}',
  ' [[], {}, "", -0, 1e5, 0.5E-2, "\\"", "/"]\n',
  '"text"',
  "12",
];

function isParsed(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test("accepts exactly what JSON.parse accepts, for documents with one character removed, added or changed", () => {
  const characters = '{}[]",:0-1.eE+\\u/tfn \t\u0001é';
  for (const document of documents) {
    for (let at = 0; at <= document.length; at++) {
      const [before, after] = [document.slice(0, at), document.slice(at)];
      const changed = [...characters].flatMap((character) => [
        before + character + after,
        before + character + after.slice(1),
      ]);
      for (const text of [before, before + after.slice(1), ...changed]) {
        assert.equal(isJson(Buffer.from(text)), isParsed(text), JSON.stringify(text));
      }
    }
  }
});

test("accepts invalid UTF-8 inside of strings only, as Node's decoder does", () => {
  assert.equal(isJson(Buffer.from('"\xff"', "latin1")), true);
  assert.equal(isJson(Buffer.from("\xff", "latin1")), false);
});

test("accepts any depth", () => {
  const levels = 1_000_000;

  assert.equal(isJson(Buffer.from("[".repeat(levels) + "]".repeat(levels))), true);
  assert.equal(isJson(Buffer.from("[".repeat(levels) + "}".repeat(levels))), false);
});

for (const [name, text, values] of [
  ["the elements of an array", "[1,2,3]", 3],
  ["the members of objects in an array", '[{"a":1,"b":2},{"c":3}]', 5],
  ["no characters of strings", '["a,[{,","\\",,\\\\"]', 2],
  ["empty arrays", "[[],[],[]]", 6],
] as const) {
  test(`counts ${name}`, () => {
    // Inputs below the limit in bytes are not counted: white space makes this one longer.
    const bytes = Buffer.from(text + " ".repeat(10));

    assert.equal(hasMoreJsonValues(bytes, values - 1), true);
    assert.equal(hasMoreJsonValues(bytes, values), false);
  });
}
