// Files of joblib before 0.10, under Python 2.7 and 3.6: arrays in files beside the pickle, and zlib streams.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { unzipSync, zipSync } from "fflate";
import { projectPath } from "../../../test/support/project.js";
import { readModel, readTable, toList } from "../index.js";

const root = projectPath("src/model/joblib/fixtures");
const bytesOf = (name: string) => new Uint8Array(readFileSync(`${root}/${name}`));

for (const name of readdirSync(root).filter((file) => /\.(zip|pkl)$/.test(file))) {
  test(`predicts as scikit-learn: ${name}`, async () => {
    const expected = JSON.parse(readFileSync(`${root}/${name.replace(/\.\w+$/, ".json")}`, "utf8"));
    const { signature, ...model } = await readModel(bytesOf(name));
    assert.equal(signature.format, "joblib");
    const table = readTable(expected.values, signature);
    assert.deepEqual(toList(await model.run("predict", table)), expected.predict);
    const found = [toList(await model.run("predict_proba", table))].flat(2).map(Number);
    for (const [index, value] of (expected.predict_proba as number[][]).flat().entries()) {
      assert.ok(Math.abs(found[index]! - value) <= 1e-14, `${found[index]} is not ${value}`);
    }
  });
}

const arrays = unzipSync(bytesOf("py3-arrays.zip"));

test("names every file that is missing, and how to pass them", async () => {
  await assert.rejects(readModel(arrays["model.pkl"]!), {
    code: "numpy-broken",
    message: /in 7 files beside it: model\.pkl_01\.npy, .*model\.pkl_07\.npy$/,
    hint: /zip model\.zip model\.pkl model\.pkl_\*\.npy\*/,
  });
});

test("reads the files in a directory of the archive", async () => {
  const moved = Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`export/${name}`, bytes]));
  assert.equal((await readModel(zipSync(moved))).signature.features.length, 4);
});

for (const [what, files, code] of [
  ["a file that is not a .npy file", { ...arrays, "model.pkl_02.npy": new Uint8Array([1, 2, 3]) }, "file-cut-short"],
  [
    "an array of another length",
    { ...arrays, "model.pkl_06.npy": arrays["model.pkl_01.npy"]! },
    "estimator-inconsistent",
  ],
  [
    "an array whose pickle names what is not allowed",
    { ...arrays, "model.pkl_02.npy": npyOf("cos\nsystem\n.") },
    "pickle-global-rejected",
  ],
] as const) {
  test(`rejects ${what} beside a pickle`, async () => {
    await assert.rejects(readModel(zipSync(files)), { code });
  });
}

for (const [what, change] of [
  ["no length", (file: Uint8Array) => file.fill(0x78, 4, 6)],
  ["another length", (file: Uint8Array) => file.fill(0x39, 4, 5)],
  ["damaged data", (file: Uint8Array) => file.fill(0, 200, 210)],
  ["no data", (file: Uint8Array) => file.subarray(0, 21)],
] as const) {
  test(`rejects a compressed file with ${what}`, async () => {
    await assert.rejects(readModel(change(bytesOf("py3-compressed.pkl"))), { code: "model-damaged" });
  });
}

/** A .npy file of Python objects. */
function npyOf(pickle: string): Uint8Array {
  const header = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }\n";
  return Buffer.concat([
    Buffer.from("\x93NUMPY\x01\0", "latin1"),
    Uint8Array.of(header.length, 0),
    Buffer.from(header + pickle),
  ]);
}
