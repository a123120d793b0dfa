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
    const error = await unknownGlobalError({ module, name }, 7, 0);
    assert.ok(error instanceof ModelError);
    assert.equal(error.code, "pickle-global-rejected");
    assert.ok(error.message.includes(`${module}.${name}`));
    assert.match(error.hint ?? "", /tepal deploy DIRECTORY/);
  });
}

test("does not propose to deploy a name that runs commands", async () => {
  const error = await unknownGlobalError({ module: "os", name: "system" }, 7, 0);
  assert.doesNotMatch(error.hint ?? "", /tepal deploy/);
});
