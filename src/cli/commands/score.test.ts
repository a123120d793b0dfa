import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { testContext } from "../../../test/support/command-context.js";
import { projectPath } from "../../../test/support/project.js";
import { temporaryDirectory } from "../../../test/support/temporary-directory.js";
import { tepal } from "../tepal.js";

const iris = projectPath("examples/iris/iris_model.sav");

test("takes the last argument as the file of rows, and writes to standard output in its format", async (t) => {
  const cwd = temporaryDirectory(t);
  writeFileSync(join(cwd, "rows.txt"), "a,b,c,d\n5.9,3.0,5.1,2.3\n");
  const context = testContext({ cwd });

  assert.equal(await tepal(["score", iris, "rows.txt", "--format", "csv", "--threads", "1"], context), 0);
  assert.equal(context.printed.out, "a,b,c,d,prediction\n5.9,3.0,5.1,2.3,2\n");
});

for (const [name, words, status, message] of [
  ["no file of rows", [iris], 2, /Missing ROWS/],
  ["an unknown format", [iris, "rows.txt"], 1, /The format of "rows.txt" is unknown/],
  ["a file that does not exist", [iris, "rows.csv"], 1, /rows\.csv: the file does not exist/],
  ["a method that the model does not have", [iris, "-", "--format", "csv", "--method", "transform"], 1, /no method/],
  ["a table in S3 on the local cloud", ["iris", "s3://b/in.csv", "--output", "s3://b/out/"], 1, /neither S3 nor Step/],
  ["a table in S3 and an output here", ["iris", "s3://b/in.csv", "--output", "out.csv"], 2, /must be in S3/],
] as const) {
  test(`rejects ${name}`, async (t) => {
    const context = testContext({ cwd: temporaryDirectory(t) });

    assert.equal(await tepal(["score", ...words], context), status);
    assert.match(context.printed.err, message);
  });
}
