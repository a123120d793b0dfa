import assert from "node:assert/strict";
import { test } from "node:test";
import { namesOf } from "./root.js";

for (const path of ["a\\..\\..\\x", "C:x", "a/file:stream"]) {
  test(`rejects the path ${path} on Windows, where it leaves the root or is another file`, () => {
    assert.throws(() => namesOf(path, "win32"), { code: "image-path-unsafe" });
    assert.deepEqual(namesOf(path, "linux"), path.split("/"));
  });
}
