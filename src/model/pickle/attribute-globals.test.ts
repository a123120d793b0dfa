// getattr in pickles: methods of str and of patterns are names; everything else is rejected before anything is built.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readPickle } from "../formats/read-pickle.js";
import { latin1Bytes } from "./text.js";
import { Global, Instance } from "./values.js";

const read = async (pickle: string) => (await readPickle(latin1Bytes(pickle), "pickle")).value;

/** getattr(owner, name), in protocol 0. */
const attributeOf = (owner: string, name: string) => `c__builtin__\ngetattr\n(${owner}V${name}\ntR.`;
const string = "c__builtin__\nunicode\n";
const pattern = "cre\n_compile\n(Va+\nI32\ntR";

test("reads the methods of str and of a pattern as names", async () => {
  const split = await read(attributeOf(string, "split"));
  assert.ok(split instanceof Global && split.module === "builtins.str" && split.name === "split");
  const join = await read(attributeOf("V, \n", "join"));
  assert.ok(join instanceof Instance && join.global.name === "join");
  assert.deepEqual(join.args, [", "]);
  const findAll = await read(attributeOf(pattern, "findall"));
  assert.ok(findAll instanceof Instance && findAll.global.module === "re.Pattern");
});

for (const [what, pickle, message, hint] of [
  [
    "an inner name of a class",
    attributeOf("c__builtin__\nobject\n", "__subclasses__"),
    /object\.__subclasses__/,
    /Do not load/,
  ],
  ["an inner name of str", attributeOf(string, "__class__"), /str\.__class__/, /Do not load/],
  ["format, which reads attributes", attributeOf(string, "format"), /builtins\.str\.format/, /predictions do not use/],
  ["an attribute of a module's name", attributeOf("cos\nsystem\n", "x"), /names os\.system/, /Do not load/],
  ["an inner name of a pattern", attributeOf(pattern, "__reduce__"), /re\.Pattern\.__reduce__/, /Do not load/],
  [
    "a method of an object",
    attributeOf("cfractions\nFraction\n(V1/2\ntR", "limit"),
    /"limit" of a fractions\.Fraction/,
    /not its method/,
  ],
  ["a method that is called", `${attributeOf(string, "split").slice(0, -1)}(Va\ntR.`, /cannot be called/, /./],
] as const) {
  test(`rejects ${what}`, async () => {
    await assert.rejects(read(pickle), (error: Error & { readonly hint?: string }) => {
      assert.match(error.message, message);
      assert.match(error.hint ?? "", hint);
      return true;
    });
  });
}
