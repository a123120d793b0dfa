import assert from "node:assert/strict";
import { test } from "node:test";
import { pickleBytes } from "../../../test/support/pickle-bytes.js";
import { readModel } from "../index.js";

for (const [what, file, message] of [
  ["an empty file", "", /looks like nothing: it is empty/],
  ["a PNG picture", "\x89PNG\r\n\x1a\n", /a PNG picture/],
  ["an HTML page", "\n<!DOCTYPE html><html>", /an HTML page/],
  ["a Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:", /a Git LFS pointer/],
  ["JSON", '{"values": {}}', /JSON/],
  ["a CSV table", "sepal_length,sepal_width,species\n5.1,3.5,setosa\n", /a table \(CSV\)/],
  ["a numpy array", "\x93NUMPY\x01\x00", /a numpy array/],
  ["an HDF5 file", "\x89HDF\r\n\x1a\n", /an HDF5 file, as Keras saves models/],
  ["a PyTorch model of the old format", "\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.", /PyTorch before 1.6/],
  ["a TensorFlow SavedModel", "\x08\x01\x12\x05", /a TensorFlow SavedModel/],
  ["a TensorFlow graph", "\n\x1a\n\x05input\x12\x0bPlaceholder*", /a TensorFlow graph/],
  ["a TensorFlow Lite model", "\x1c\0\0\0TFL3", /a TensorFlow Lite model/],
  ["a GGUF file", "GGUF\x03\0\0\0", /a GGUF file/],
  ["safetensors", '\x40\0\0\0\0\0\0\0{"__metadata__":{}}', /safetensors/],
  ["a fastText model", "\xba\x16\x4f\x2f\x0c\0\0\0", /a fastText model/],
  ["R data", "RDX3\nX\n", /R objects/],
  ["an R object", "X\n\0\0\0\x03\0\x04", /an R object \(RDS\)/],
  ["a MATLAB file", "MATLAB 5.0 MAT-file, Platform: GLNXA64", /a MATLAB file/],
  ["a Java object", "\xac\xed\0\x05sr", /a Java object, as Weka saves models/],
  ["an Arrow table", "ARROW1\0\0", /an Arrow table/],
  ["PMML", '<?xml version="1.0"?>\n<PMML version="4.4">', /a PMML model/],
  ["an MLmodel file", "artifact_path: model\nflavors:\n", /an MLmodel file/],
  ["a DVC pointer", "outs:\n- md5: 1234\n", /a DVC pointer/],
  ["a dump of an XGBoost model", "booster[0]:\n0:[f2<2.45] yes=1\n", /a dump of an XGBoost model/],
  ["a dump of a LightGBM model", '{"name":"tree","version":"v4"}', /a dump of a LightGBM model/],
  ["CatBoost's log", '{\n"meta":{"test_sets":[],', /CatBoost's log of the training/],
  ["a notebook", '{\n "cells": []}', /a Jupyter notebook/],
  ["the architecture of a Keras model", '{"class_name": "Sequential"}', /the architecture of a Keras model/],
  ["the configuration of a Hugging Face model", '{"architectures": ["Bert"]}', /a Hugging Face model/],
  ["word vectors", "2 3\nking 0.1 -0.2 0.3\n", /word vectors/],
  ["an SVM-light model", "SVM-light Version V6.20\n", /SVM-light/],
  ["a Python program", "import pickle\n", /a program's source/],
  ["a short text", "hello", /text that begins with "hello"/],
  ["noise", "\x00\x01\x02\x03", /unknown data that begins with the bytes 00 01 02 03/],
  ["a pickle of a later protocol", "\x80\x09K\x01.", /unknown data/],
] as const) {
  test(`rejects ${what} and says what it looks like`, async () => {
    await assert.rejects(readModel(pickleBytes(file)), { code: "model-format-unknown", message });
  });
}

const deflateOfHello = "x\x9c\xcbH\xcd\xc9\xc9\x07\x00\x06,\x02\x15";
for (const [what, file, code, message] of [
  [
    "zlib data that is not a pickle",
    deflateOfHello,
    "model-format-unknown",
    /its content looks like text that begins with "hello"/,
  ],
  ["zlib data that ends early", deflateOfHello.slice(0, 6), "model-damaged", /zlib data, and it/],
  ["zlib data with a wrong checksum", deflateOfHello.replace("\x15", "\x16"), "model-damaged", /its checksum is wrong/],
  ["invalid gzip data", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff", "model-damaged", /gzip data, and it/],
  ["gzip data of three bytes", "\x1f\x8b\x08", "model-damaged", /gzip data, and it/],
  ["a bzip2 file that ends early", "BZh91AY&SY", "model-damaged", /bzip2 data, and it ends too early/],
  ["an xz file that ends early", "\xfd7zXZ\0", "file-cut-short", /2 bytes of flags at byte 6/],
  ["an lzma file that ends early", "\x5d\0\0\x80\0", "file-cut-short", /a content's size at byte 5/],
  ["an lz4 file that ends early", "\x04\x22\x4d\x18", "file-cut-short", /a frame's flags at byte 4/],
] as const) {
  test(`rejects ${what}`, async () => {
    await assert.rejects(readModel(pickleBytes(file)), { code, message });
  });
}

test("rejects a file that inflates to far more than its size before it fills the memory", async () => {
  const { zlibSync } = await import("fflate");
  const bomb = zlibSync(new Uint8Array(100_000_000));

  await assert.rejects(readModel(bomb), {
    code: "model-too-large",
    message: /more than \d+ bytes/,
  });
});
