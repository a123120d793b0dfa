// CatBoost files that were edited or damaged: each is rejected with a code, in bounded time.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { changed, randomFrom } from "../../../test/support/changed-bytes.js";
import { projectPath } from "../../../test/support/project.js";
import { TepalError } from "../../base/index.js";
import { readModel, readTable } from "../index.js";

const root = projectPath("src/model/catboost/fixtures/1.2.10");
const bytesOf = (name: string) => new Uint8Array(readFileSync(`${root}/${name}`));

type Json = { [name: string]: Json } & Json[] & { valueOf(): unknown };

/** A JSON model after a change. */
function edited(name: string, change: (model: Json) => void): Uint8Array {
  const model = JSON.parse(readFileSync(`${root}/${name}.json`, "utf8"));
  change(model);
  return new TextEncoder().encode(JSON.stringify(model));
}

/** A .cbm model in which the first place that has these bytes gets others. */
function patched(name: string, from: readonly number[], to: readonly number[], start = 0): Uint8Array {
  const file = bytesOf(name);
  const at = Buffer.from(file).indexOf(Uint8Array.from(from), start);
  assert.ok(at >= 0);
  file.set(to, at);
  return file;
}

const set = (target: Json, name: string, value: unknown) => Object.assign(target, { [name]: value });

/** The number of tables is after the core, whose length is after the magic. */
function withStatisticsCount(count: number): Uint8Array {
  const file = bytesOf("simple.cbm");
  const view = new DataView(file.buffer);
  view.setUint32(8 + view.getUint32(4, true), count, true);
  return file;
}

for (const [what, file, code, message] of [
  ["a truncated core", bytesOf("binary.cbm").slice(0, 900), "file-cut-short", /bytes of the model's core/],
  ["truncated statistics", bytesOf("simple.cbm").slice(0, -100), "file-cut-short", /bytes of statistics/],
  [
    "an offset beyond the file",
    patched("binary.cbm", [0x14, 0, 0, 0], [0xff, 0xff, 0xff, 0x7f], 8),
    "catboost-broken",
    /leads to byte|longer together than the file/,
  ],
  [
    "another format version",
    patched("binary.cbm", [0x5f, 0x76, 0x31], [0x5f, 0x76, 0x39]),
    "estimator-unsupported",
    /FlabuffersModel_v9/,
  ],
  ["far more statistics than there are", withStatisticsCount(2 ** 31), "file-cut-short", /bytes/],
  ["text features", bytesOf("text_features.cbm"), "estimator-unsupported", /text features are not supported/],
  [
    "embedding features",
    bytesOf("embedding_features.cbm"),
    "estimator-unsupported",
    /embedding features are not supported/,
  ],
  ["text that is not JSON", new TextEncoder().encode('{"ctr_data": '), "catboost-broken", /is not JSON/],
  [
    "a split that does not exist",
    edited("json", (model) => set(model.oblivious_trees![0]!.splits![0]!, "split_index", 999)),
    "catboost-broken",
    /split 999 of/,
  ],
  [
    "leaf values that do not fit the splits",
    edited("json", (model) => model.oblivious_trees![1]!.leaf_values!.pop()),
    "catboost-broken",
    /leaf values for 3 splits/,
  ],
  [
    "a hundred splits in a tree",
    edited("json", (model) => set(model.oblivious_trees![0]!, "splits", new Array(100).fill({ split_index: 0 }))),
    "catboost-broken",
    /for 100 splits/,
  ],
  [
    "a node without branches",
    edited("json_tree", (model) => set(model.trees![0]!, "left", null)),
    "catboost-broken",
    /trees\[0\] is null/,
  ],
  [
    "a feature of a statistic that does not exist",
    edited("json", (model) => set(model.features_info!.ctrs![0]!.elements![0]!, "cat_feature_index", 7)),
    "catboost-broken",
    /feature 7, which does not exist|no table/,
  ],
  [
    "statistics without a table",
    edited("json", (model) => set(model, "ctr_data", {})),
    "catboost-broken",
    /no table for some of its statistics/,
  ],
  [
    "statistics that are cut off",
    edited("json", (model) => Object.values(model.ctr_data!)[0]!.hash_map!.pop()),
    "catboost-broken",
    /statistics of/,
  ],
  [
    "a class border beyond the classes",
    edited("json", (model) => set(model.features_info!.ctrs![0]!, "target_border_idx", 50)),
    "catboost-broken",
    /class 50 of 3/,
  ],
  [
    "a column number beyond all bounds",
    edited("json", (model) => set(model.features_info!.float_features![0]!, "flat_feature_index", 2 ** 31 - 1)),
    "catboost-broken",
    /2147483648 columns/,
  ],
  [
    "two features of one column",
    edited("json", (model) => set(model.features_info!.float_features![0]!, "flat_feature_index", 1)),
    "catboost-broken",
    /not columns of one table/,
  ],
  [
    "classes that are not those of the values",
    edited("json", (model) => set(model.model_info!.class_params!, "class_names", ["a", "b"])),
    "catboost-broken",
    /3 values are not 2 classes/,
  ],
  [
    "billions of classes",
    edited("json", (model) =>
      Object.assign(model.model_info!.class_params!, { class_names: [], classes_count: 2 ** 31 }),
    ),
    "catboost-broken",
    /2147483648 classes/,
  ],
  [
    "a bias for each of two values",
    edited("json", (model) => set(model, "scale_and_bias", [1, [0, 0]])),
    "catboost-broken",
    /2 biases for 3 values/,
  ],
] as const) {
  test(`rejects ${what}`, async () => {
    await assert.rejects(readModel(file), { code, message });
  });
}

test("reads deeply nested metadata without running out of stack", async () => {
  const nested = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  const text = new TextDecoder().decode(bytesOf("json.json"));

  const model = await readModel(new TextEncoder().encode(text.replace('"model_guid":', `"x":${nested},"model_guid":`)));

  assert.equal(model.signature.type, "catboost.CatBoostClassifier");
});

for (const name of ["combinations.cbm", "depthwise.cbm", "json.json", "json_tree.json"]) {
  test(`rejects with a code, or reads, every damaged form of ${name}`, async () => {
    const whole = bytesOf(name);
    const random = randomFrom(7);
    let rejected = 0;
    for (let round = 0; round < 400; round++) {
      const file = changed(whole, random);
      // The tail of the core is metadata: most changes should hit numbers.
      try {
        const model = await readModel(file);
        const row = model.signature.features.map(({ kind }) => (kind === "number" ? 0.5 : "red"));
        await model.run("predict", readTable([row], model.signature));
      } catch (error) {
        assert.ok(error instanceof TepalError, `round ${round}: ${error instanceof Error ? error.stack : error}`);
        rejected++;
      }
    }
    assert.ok(rejected > 50, `${rejected}`);
  });
}
