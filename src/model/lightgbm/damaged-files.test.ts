// LightGBM files that were edited or truncated: each is rejected with a code, in bounded time.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { tableOf } from "../../../test/support/model-fixtures.js";
import { projectPath } from "../../../test/support/project.js";
import { TepalError } from "../../base/index.js";
import { readModel } from "../index.js";

const root = projectPath("src/model/lightgbm/fixtures/4.7.0");
const textOf = (name: string) => readFileSync(`${root}/${name}.txt`, "utf8");

function changed(name: string, from: RegExp, to: string): string {
  assert.match(textOf(name), from);
  return textOf(name).replace(from, to);
}

for (const [what, text, code, message] of [
  [
    "a child that leads back to the root",
    changed("binary", /left_child=\S+/, "left_child=0"),
    "lightgbm-broken",
    /tree 0 reaches its node 0 twice/,
  ],
  [
    "a child beyond the tree",
    changed("binary", /left_child=\S+/, "left_child=99"),
    "lightgbm-broken",
    /refers to 99 of 4 nodes/,
  ],
  ["a leaf beyond the tree", changed("binary", /right_child=\S+/, "right_child=-9"), "lightgbm-broken", /refers to -9/],
  [
    "a split on a column that does not exist",
    changed("binary", /split_feature=\S+/, "split_feature=6"),
    "lightgbm-broken",
    /column 6 of 6/,
  ],
  [
    "a list that is too short",
    changed("binary", /threshold=\S+ /, "threshold="),
    "lightgbm-broken",
    /threshold has 3 values; expected 4/,
  ],
  [
    "a word that is not a number",
    changed("binary", /leaf_value=\S+/, "leaf_value=x"),
    "lightgbm-broken",
    /leaf_value holds "x"/,
  ],
  [
    "an infinite column number",
    changed("binary", /split_feature=\S+/, "split_feature=inf"),
    "lightgbm-broken",
    /split_feature holds Infinity/,
  ],
  [
    "more leaves than the text has",
    changed("binary", /num_leaves=5/, "num_leaves=60000000"),
    "lightgbm-broken",
    /expected 60000000/,
  ],
  [
    "far too many columns",
    changed("binary", /max_feature_idx=5/, "max_feature_idx=99999999"),
    "lightgbm-broken",
    /100000000 columns/,
  ],
  [
    "categories that do not exist",
    changed("category", /cat_boundaries=\S+ \S+/, "cat_boundaries=0 99"),
    "lightgbm-broken",
    /categor|expected 99/,
  ],
  [
    "an unknown objective",
    changed("binary", /objective=binary/, "objective=mine"),
    "estimator-unsupported",
    /"mine" is not supported/,
  ],
  ["a later format", changed("binary", /version=v4/, "version=v9"), "estimator-unsupported", /format v9/],
  ["a truncated file", textOf("binary").slice(0, 900), "lightgbm-broken", /ends after 1 trees/],
  [
    "trees for half a round",
    textOf("multi").replace(/Tree=1\n[\s\S]*?\n\n\n/, ""),
    "lightgbm-broken",
    /11 trees for 3 outputs/,
  ],
] as const) {
  test(`rejects ${what}`, async () => {
    await assert.rejects(readModel(new TextEncoder().encode(text)), { code, message });
  });
}

test("rejects with a code, or reads, every file with a changed byte", async () => {
  const whole = new TextEncoder().encode(textOf("category"));
  let refused = 0;
  for (let at = 0; at < whole.length; at += 7) {
    const file = whole.slice();
    file[at] = 0x2d + (at % 16);
    try {
      const model = await readModel(file);
      await model.run("predict", tableOf([[1, 2]]));
    } catch (error) {
      assert.ok(error instanceof TepalError, `byte ${at}: ${error}`);
      refused++;
    }
  }
  assert.ok(refused > 50);
});
