// Every model file of the fixtures, changed at random: each change ends in a model that predicts or in an error with a
// code.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { changed, randomFrom } from "../../../test/support/changed-bytes.js";
import { tableOf } from "../../../test/support/model-fixtures.js";
import { projectPath } from "../../../test/support/project.js";
import { TepalError } from "../../base/index.js";
import { readModel } from "../index.js";

/** Changes in one run, over all files: some 10 seconds. */
const changes = 20_000;

/** A larger file takes the time of hundreds. */
const fileBytesMax = 30_000;

test("any change of any model file ends in a model or in an error with a code", async (t) => {
  const files = filesUnder(projectPath("src/model"));
  const random = randomFrom(20_261_122);
  const ends = new Map<string, number>();
  for (let count = 0; count < changes; count++) {
    const { path, bytes } = files[count % files.length]!;
    const end = await endOf(changed(bytes, random), path);
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }
  const shown = [...ends].sort(([, a], [, b]) => b - a).map(([end, count]) => `${count} ${end}`);
  t.diagnostic(`${changes} changes of ${files.length} files: ${shown.join(", ")}`);
  assert.ok(ends.size > 3 && (ends.get("predicted") ?? 0) > 0);
});

/** "predicted", or the code of the error. */
async function endOf(file: Uint8Array, path: string): Promise<string> {
  try {
    const { signature, run } = await readModel(file);
    const row = signature.features.map(({ kind }, index) => (kind === "number" ? index : "a"));
    if (row.length === 0) return "predicted";
    for (const { name } of signature.methods) await run(name, tableOf([row, row]));
    return "predicted";
  } catch (error) {
    assert.ok(error instanceof TepalError, `${path}: ${error instanceof Error ? error.stack : String(error)}`);
    return error.code;
  }
}

function filesUnder(folder: string): readonly { readonly path: string; readonly bytes: Uint8Array }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter(
      (path) =>
        /[\\/]fixtures[\\/]/.test(path) && /\.(pkl|joblib|zlib|gz|bz2|xz|lzma|lz4|model|skops|ubj|txt|sav)$/.test(path),
    )
    .sort()
    .map((path) => ({ path, bytes: new Uint8Array(readFileSync(join(folder, path))) }))
    .filter(({ bytes }) => bytes.length <= fileBytesMax);
}
