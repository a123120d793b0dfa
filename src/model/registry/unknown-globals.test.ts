import assert from "node:assert/strict";
import { test } from "node:test";
import { ModelError } from "../errors.js";
import { unknownGlobalError } from "./unknown-globals.js";

/** Names of code that only the author of the file has. */
const ownCode: readonly (readonly [module: string, name: string])[] = [
  ["__main__", "TextCleaner"],
  ["src.preprocessing", "PreprocessingPipeline"],
  ["dill._dill", "_create_type"],
  ["cloudpickle.cloudpickle", "_make_skeleton_class"],
  ["dill._dill", "_create_function"],
];

for (const [module, name] of ownCode) {
  test(`names ${module}.${name}, and the directory with the user's own code that can serve it`, async () => {
    const error = await unknownGlobalError({ module, name }, 7, []);
    assert.ok(error instanceof ModelError);
    assert.equal(error.code, "pickle-global-rejected");
    assert.ok(error.message.includes(`${module}.${name}`));
    assert.match(error.hint ?? "", /tepal deploy DIRECTORY/);
  });
}

test("does not propose to deploy a name that runs commands", async () => {
  const error = await unknownGlobalError({ module: "os", name: "system" }, 7, []);
  assert.doesNotMatch(error.hint ?? "", /tepal deploy/);
});

test("lists the other names that are not allowed", async () => {
  const others = ["A", "B", "C", "D"].map((name) => ({ module: "own", name }));
  const error = await unknownGlobalError({ module: "own", name: "Model" }, 7, others);
  assert.match(error.message, /names own\.Model at byte 7, .*, and 4 more such names: own\.A, own\.B, own\.C, \.\.\.$/);
});

for (const [what, others, hint] of [
  ["names the library whose method a file pickles", ["keras.src.models.functional", "_io"], /this library's objects/],
  ["warns of getattr in a file without a library", ["_io"], /Do not load the file/],
  ["warns of getattr beside a command", ["keras.models", "os"], /Do not load the file/],
] as const) {
  test(what, async () => {
    const names = others.map((module) => ({ module, name: "x" }));
    const error = await unknownGlobalError({ module: "builtins", name: "getattr" }, 7, names);
    assert.match(error.hint ?? "", hint);
  });
}
