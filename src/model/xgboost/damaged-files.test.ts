// XGBoost files that were edited or damaged: each is rejected with a code, in bounded time.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { tableOf } from "../../../test/support/model-fixtures.js";
import { projectPath } from "../../../test/support/project.js";
import { TepalError } from "../../base/index.js";
import { readModel } from "../index.js";

const root = projectPath("src/model/xgboost/fixtures/3.2.0");
const json = readFileSync(`${root}/binary.json`, "utf8");
const ubjson = new Uint8Array(readFileSync(`${root}/binary_ubj.ubj`));
const textBytes = (text: string) => new TextEncoder().encode(text);

/** Offsets in the binary format: the learner's structure, the names "multi:softprob" and "gbtree", the forest's. */
const binary = new Uint8Array(readFileSync(projectPath("src/model/xgboost/fixtures/1.3.3/multi.model")));
const forestAt = 4 + 136 + 8 + 14 + 8 + 6;
const firstNodeAt = forestAt + 160 + 148;

/** A copy with another 32-bit integer at an offset. */
function withInteger(at: number, value: number): Uint8Array {
  const copy = binary.slice();
  new DataView(copy.buffer).setInt32(at, value, true);
  return copy;
}

const changed = (from: string | RegExp, to: string) => {
  assert.match(json, from instanceof RegExp ? from : new RegExp(from));
  return textBytes(json.replace(from, to));
};

for (const [what, file, code, message] of [
  [
    "a child that leads back to the root",
    changed(/"left_children":\[1,/, '"left_children":[0,'),
    "xgboost-broken",
    /trees.0. reaches its node 0 twice/,
  ],
  [
    "a child beyond the tree",
    changed(/"left_children":\[1,/, '"left_children":[99,'),
    "xgboost-broken",
    /refers from node 0 to 99, of 7/,
  ],
  [
    "a child that is no node",
    changed(/"left_children":\[1,/, '"left_children":[1.5,'),
    "xgboost-broken",
    /refers from node 0 to 1.5/,
  ],
  [
    "a split on a column that does not exist",
    changed(/"split_indices":\[\d/, '"split_indices":[6'),
    "xgboost-broken",
    /splits on column 6 of 6/,
  ],
  [
    "lists of other lengths",
    changed(/"default_left":\[\d,/, '"default_left":['),
    "xgboost-broken",
    /default_left has 6 values/,
  ],
  [
    "a tree of an output that does not exist",
    changed(/"tree_info":\[0/, '"tree_info":[1'),
    "xgboost-broken",
    /an output beyond its 1/,
  ],
  [
    "an unknown objective",
    changed(/"name":"binary:logistic"/, '"name":"my:own"'),
    "estimator-unsupported",
    /"my:own" is not supported/,
  ],
  [
    "a base_score that is not a number",
    changed(/"base_score":"[^"]*"/, '"base_score":"x"'),
    "xgboost-broken",
    /base_score is "x"/,
  ],
  [
    "far too many columns",
    changed(/"num_feature":"6","num_target"/, '"num_feature":"99999999","num_target"'),
    "xgboost-broken",
    /99999999 columns/,
  ],
  [
    "a tree whose num_nodes is not its number of nodes",
    changed(/"num_nodes":"\d+"/, '"num_nodes":"3"'),
    "xgboost-broken",
    /trees.0. has 7 nodes, but its num_nodes is 3/,
  ],
  [
    "leaves of several outputs",
    changed(/"size_leaf_vector":"1"/, '"size_leaf_vector":"3"'),
    "xgboost-broken",
    /leaves of 3 values for 1 outputs/,
  ],
  ["JSON that is cut", textBytes(json.slice(0, 900)), "xgboost-broken", /not JSON/],
  ["UBJSON that is cut", ubjson.subarray(0, 900), "file-cut-short", /found/],
  [
    "UBJSON of objects within objects",
    textBytes(`{L\0\0\0\0\0\0\0\x01a${"{L\0\0\0\0\0\0\0\x01a".repeat(100)}`),
    "xgboost-broken",
    /More than 64 nested objects/,
  ],
  ["a binary file that is cut", binary.subarray(0, -90), "file-cut-short", /found/],
  [
    "a binary file with a name of 2 GB",
    withInteger(140, 2 ** 31 - 1),
    "xgboost-broken",
    /objective's name: 2147483647/,
  ],
  ["a binary file of too many trees", withInteger(forestAt, 1e9), "xgboost-broken", /it has 1000000000 trees/],
  ["a binary file of a negative number of trees", withInteger(forestAt, -1), "xgboost-broken", /it has -1 trees/],
  ["a tree of too many nodes", withInteger(forestAt + 164, 1e9), "xgboost-broken", /a tree has 1000000000 nodes/],
  ["leaves of several values", withInteger(forestAt + 180, 3), "xgboost-broken", /leaves have several values/],
  ["a node that leads back to the root", withInteger(firstNodeAt + 4, 0), "xgboost-broken", /reaches its node 0 twice/],
  ["a node beyond the tree", withInteger(firstNodeAt + 8, 99), "xgboost-broken", /refers from node 0 to 99/],
  ["a node of a column that does not exist", withInteger(firstNodeAt + 12, 77), "xgboost-broken", /column 77 of 4/],
  ["UBJSON with a length of 2^62", textBytes("{L\0\0\0\0\0\0\0\x01aSL\x40\0\0\0\0\0\0\0"), "xgboost-broken", /length/],
] as const) {
  test(`rejects ${what}`, async () => {
    await assert.rejects(readModel(file), { code, message });
  });
}

test("rejects a number that a 32-bit float cannot represent, with its row and column", async () => {
  const model = await readModel(textBytes(json));

  assert.throws(() => model.run("predict", tableOf([[1, 2, 1e39, 4, 5, 6]])), {
    code: "input-too-large",
    message: /row 1, column 3/,
  });
});

test("rejects with a code, or reads, every file with changed bytes", async () => {
  const pickle = new Uint8Array(readFileSync(`${root}/binary.pkl`));
  let refused = 0;
  for (const whole of [ubjson, textBytes(json), binary, pickle]) {
    for (let at = 0; at < whole.length; at += 17) {
      const file = whole.slice();
      file[at] = (at * 31) % 256;
      try {
        const model = await readModel(file);
        await model.run("predict", tableOf([[1, 2, 3, 4, 5, 6]]));
      } catch (error) {
        assert.ok(error instanceof TepalError, `byte ${at}: ${error}`);
        refused++;
      }
    }
  }
  assert.ok(refused > 100);
});

const oldBinary = readFileSync(projectPath("src/model/xgboost/fixtures/0.90/binary.model"));

test("reads a binary model that is written as Base64", async () => {
  const model = await readModel(Buffer.from(`bs64\t${oldBinary.toString("base64")}\n`));

  assert.equal(model.signature.format, "xgboost-binary");
  assert.deepEqual(model.signature, (await readModel(oldBinary)).signature);
});

for (const [what, text] of [
  ["that is not Base64", "bs64\t####"],
  ["inside of itself", `bs64\t${Buffer.from("bs64\tAAAA").toString("base64")}`],
] as const) {
  test(`rejects a Base64 model ${what}`, async () => {
    await assert.rejects(readModel(Buffer.from(text)), { code: "xgboost-broken", message: /bs64/ });
  });
}
