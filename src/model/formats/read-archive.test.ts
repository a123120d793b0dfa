// Archives of other programs, and archives with a model file inside.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync, zipSync } from "fflate";
import { projectPath } from "../../../test/support/project.js";
import { readModel } from "../index.js";

const iris = readFileSync(projectPath("examples/iris/iris_model.sav"));
const text = (content: string) => new TextEncoder().encode(content);

type Files = Readonly<Record<string, Uint8Array>>;

/** A tar archive of regular files, as POSIX describes it. */
function tarOf(files: Files, sizeText = (size: number) => `${size.toString(8).padStart(11, "0")}\0`): Uint8Array {
  const blocks = Object.entries(files).flatMap(([name, content]) => {
    const header = new Uint8Array(512);
    header.set(text(name), 0);
    header.set(text(sizeText(content.length)), 124);
    header.set(text("0ustar\x0000").subarray(0, 1), 156);
    header.set(text("ustar"), 257);
    const padded = new Uint8Array(Math.ceil(content.length / 512) * 512);
    padded.set(content);
    return [header, padded];
  });
  return Buffer.concat([...blocks, new Uint8Array(1024)]);
}

const beside: Files = {
  "README.md": text("# A model"),
  "code/inference.py": text("import joblib\n"),
  "__MACOSX/._model.pkl": text("x"),
  ".DS_Store": text("x"),
};

for (const [name, file] of [
  ["a ZIP archive", zipSync({ ...beside, "model.pkl": iris })],
  ["a ZIP archive with a directory", zipSync({ "export/model.pkl": iris })],
  ["a tar archive", tarOf({ ...beside, "model.pkl": iris })],
  ["a compressed tar archive (model.tar.gz)", gzipSync(tarOf({ "./model.joblib": iris }))],
  ["a compressed model in an archive", zipSync({ "model.pkl.gz": gzipSync(iris) })],
] as const) {
  test(`reads the model in ${name}`, async () => {
    assert.equal((await readModel(file)).signature.type, "sklearn.svm.SVC");
  });
}

for (const [what, files, message] of [
  [
    "a Keras model",
    { "config.json": text("{}"), "metadata.json": text("{}"), "model.weights.h5": text("") },
    /a Keras model/,
  ],
  ["a PyTorch model", { "m/data.pkl": text(""), "m/version": text("3"), "m/data/0": text("") }, /a PyTorch model/],
  [
    "a TorchScript model",
    { "m/data.pkl": text(""), "m/constants.pkl": text(""), "m/version": text("3") },
    /a TorchScript model/,
  ],
  ["numpy arrays", { "arr_0.npy": text("\x93NUMPY") }, /numpy arrays \(\.npz\)/],
  ["an H2O MOJO", { "model.ini": text("[info]") }, /an H2O MOJO/],
  ["an Excel workbook", { "xl/workbook.xml": text("<x/>") }, /an Excel workbook/],
  ["an archive without a model", { "notes.txt": text("hello") }, /ZIP archive without a model file: notes\.txt/],
  [
    "an archive of an archive",
    { "inner.zip": zipSync({ "model.pkl": iris }) },
    /is an archive, and its content looks like a ZIP/,
  ],
] as const) {
  test(`names ${what}`, async () => {
    await assert.rejects(readModel(zipSync(files)), { code: "model-format-unknown", message });
  });
}

test("lists the model files of an archive with several", async () => {
  await assert.rejects(readModel(tarOf({ "scaler.pkl": iris, "model.pkl": iris })), {
    code: "model-several",
    message: "The file is a tar archive with 2 model files: scaler.pkl, model.pkl",
  });
});

for (const [what, file, code] of [
  ["a file that is longer than its archive", tarOf({ "model.pkl": iris }, () => "77777777777\0"), "model-damaged"],
  ["a size that is not a number", tarOf({ "model.pkl": iris }, () => "-1\0"), "model-damaged"],
  [
    "a ZIP archive that unpacks to far more than its size",
    zipSync({ a: new Uint8Array(100_000_000) }),
    "model-too-large",
  ],
  ["a ZIP archive that ends early", zipSync({ "model.pkl": iris }).subarray(0, 1000), "model-damaged"],
] as const) {
  test(`rejects ${what}`, async () => {
    await assert.rejects(readModel(file), { code });
  });
}
