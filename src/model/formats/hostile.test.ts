// Files made to do harm, or cut and changed on the way: each ends in an error with a code and a place, in bounded time
// and memory.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { changed, randomFrom } from "../../../test/support/changed-bytes.js";
import { tableOf } from "../../../test/support/model-fixtures.js";
import { pickleBytes, shortText, withArrayBytes, withInstruction } from "../../../test/support/pickle-bytes.js";
import { projectPath } from "../../../test/support/project.js";
import { TepalError } from "../../base/index.js";
import { readModel } from "../index.js";

const iris = new Uint8Array(readFileSync(projectPath("examples/iris/iris_model.sav")));
const fixture = (path: string) => new Uint8Array(readFileSync(projectPath(`src/model/sklearn/fixtures/${path}`)));

const proto4 = pickleBytes(0x80, 4);
const u32 = (value: number) => Uint8Array.of(value, value >> 8, value >> 16, value >> 24);
const u64 = (value: bigint) => new Uint8Array(BigUint64Array.of(value).buffer);
const many = (text: string, count: number) => text.repeat(count);

const tree = fixture("1.9.1/tree.p4.pkl");
const sparse = fixture("1.9.1/svc_sparse_poly.p3.pkl");
const system = pickleBytes("cos\nsystem\n");
const rows: readonly (readonly [string, Uint8Array, string, RegExp])[] = [
  [
    "a string of 4 GB",
    pickleBytes(proto4, "X", u32(-1), "abc"),
    "file-cut-short",
    /Expected 4294967295 bytes of text at byte 7, found 3/,
  ],
  ["a string of 2^63 bytes", pickleBytes(proto4, 0x8d, u64(2n ** 63n), "abc"), "file-cut-short", /at byte 11, found 3/],
  ["bytes of 2^63 bytes", pickleBytes(proto4, 0x8e, u64(2n ** 63n), "abc"), "file-cut-short", /at byte 11, found 3/],
  [
    "a frame of 2^60 bytes",
    pickleBytes(proto4, 0x95, u64(2n ** 60n), "N."),
    "file-cut-short",
    /of a frame at byte 11, found 2/,
  ],
  ["a negative length", pickleBytes(proto4, "T", u32(-5), "abc."), "file-cut-short", /Expected -5 bytes of text/],
  [
    "an integer of 2 GB",
    pickleBytes(proto4, 0x8b, u32(0x7fffffff), "."),
    "pickle-limit",
    /integer of 2147483647 bytes; the maximum is 256/,
  ],
  [
    "an integer of 700 digits",
    pickleBytes(proto4, "L", many("9", 700), "L\n."),
    "pickle-limit",
    /integer of 700 digits; the maximum is 600/,
  ],
  ["a line without an end", pickleBytes("(I12345.", many("1", 50)), "model-format-unknown", /begins with/],
  ["a stack underflow", pickleBytes(proto4, "."), "pickle-broken", /Stack underflow \(byte 2\)/],
  ["no mark", pickleBytes(proto4, "t."), "pickle-broken", /No mark/],
  ["a value from below a mark", pickleBytes(proto4, "N(\x85."), "pickle-broken", /Stack underflow/],
  ["a memo that is empty", pickleBytes(proto4, "h", 7, "."), "pickle-broken", /Memo key 7 not found/],
  ["an unknown opcode", pickleBytes(proto4, 0xff, "."), "pickle-opcode-unknown", /0xff at byte 2/],
  ["no STOP", pickleBytes(proto4, "N"), "file-cut-short", /an opcode at byte 3, found 0/],
  ["text that is not UTF-8", pickleBytes(proto4, 0x8c, 2, 0xc3, 0x28, "."), "pickle-broken", /not UTF-8/],
  ["a persistent id", pickleBytes(proto4, "Pabc\n."), "pickle-opcode-unsupported", /PERSID at byte 2 is not supported/],
  ["a persistent id on the stack", pickleBytes(proto4, "NQ."), "pickle-opcode-unsupported", /BINPERSID at byte 3/],
  ["an extension", pickleBytes(proto4, 0x82, 1, "."), "pickle-opcode-unsupported", /EXT1 at byte 2/],
  ["a long extension", pickleBytes(proto4, 0x84, u32(1), "."), "pickle-opcode-unsupported", /EXT4 at byte 2/],
  ["an out-of-band buffer", pickleBytes(proto4, 0x97, "."), "pickle-opcode-unsupported", /NEXT_BUFFER at byte 2/],
  ["a read-only buffer", pickleBytes(proto4, "N", 0x98, "."), "pickle-opcode-unsupported", /READONLY_BUFFER at byte 3/],
  [
    "300,000 tuples in each other",
    pickleBytes(proto4, ")", many("\x85", 300_000), "."),
    "estimator-missing",
    /found a tuple/,
  ],
  [
    "300,000 lists in each other",
    pickleBytes(proto4, many("]", 300_000), many("a", 299_999), "."),
    "estimator-missing",
    /found a list/,
  ],
  ["a list that holds itself", pickleBytes(proto4, "]", 0x94, "h", 0, "a."), "estimator-missing", /found a list/],
  [
    "more lists than a model has",
    pickleBytes(proto4, many("]0", 4_000_001), "N."),
    "pickle-limit",
    /More than 4000000 objects/,
  ],
  [
    "more memo entries than a model has",
    pickleBytes(proto4, "N", many("\x94", 4_000_001), "."),
    "pickle-limit",
    /memo entries/,
  ],
  ["a stack without end", pickleBytes(proto4, many("N", 1_000_001), "."), "pickle-limit", /values on the stack/],
  ["marks without end", pickleBytes(proto4, many("(", 1_000_001), "."), "pickle-limit", /marks/],
  [
    "bytes made again and again",
    pickleBytes(
      proto4,
      "c_codecs\nencode\n",
      0x94,
      "X",
      u32(5000),
      many("a", 5000),
      0x8c,
      6,
      "latin1",
      0x86,
      0x94,
      many("h\x00h\x01R0", 6),
      "N.",
    ),
    "pickle-limit",
    /bytes copied/,
  ],
  ["a call of None", pickleBytes(proto4, "N)R."), "pickle-broken", /The file calls None/],
  ["arguments that are no tuple", pickleBytes(proto4, "cnumpy\ndtype\n]R."), "pickle-broken", /Arguments are a list/],
  [
    "a name that is called",
    pickleBytes(proto4, "cnumpy\nndarray\n)R."),
    "pickle-broken",
    /numpy.ndarray, which cannot be called/,
  ],

  [
    "os.system by GLOBAL",
    pickleBytes(proto4, system, "(S'id'\ntR."),
    "pickle-global-rejected",
    /names os.system at byte 2/,
  ],
  [
    "os.system by STACK_GLOBAL",
    pickleBytes(proto4, shortText("os"), shortText("system"), 0x93, "."),
    "pickle-global-rejected",
    /os.system at byte 14/,
  ],
  [
    "os.system by the memo",
    pickleBytes(proto4, shortText("system"), 0x94, "0", shortText("os"), "h", 0, 0x93, "."),
    "pickle-global-rejected",
    /os.system at byte 18/,
  ],
  ["os.system by INST", pickleBytes(proto4, "(S'id'\nios\nsystem\n."), "pickle-global-rejected", /os.system/],
  [
    "os.system that is thrown away",
    pickleBytes(proto4, system, "0N."),
    "pickle-global-rejected",
    /os.system at byte 2/,
  ],
  [
    "posix.system in protocol 0",
    pickleBytes("cposix\nsystem\np0\n(S'id'\np1\ntp2\nRp3\n."),
    "pickle-global-rejected",
    /posix.system at byte 0/,
  ],
  ["builtins.eval", pickleBytes(proto4, "cbuiltins\neval\n."), "pickle-global-rejected", /builtins.eval/],
  [
    "a dotted name",
    pickleBytes(proto4, shortText("numpy"), shortText("ndarray.tobytes"), 0x93, "."),
    "pickle-global-rejected",
    /numpy.ndarray.tobytes/,
  ],
  [
    "a module that ends in another's name",
    pickleBytes(proto4, "cx numpy\ndtype\n."),
    "pickle-global-rejected",
    /x numpy.dtype/,
  ],
  [
    "a name that looks like another",
    pickleBytes(proto4, shortText("numру"), shortText("dtype"), 0x93, "."),
    "pickle-global-rejected",
    /num\\u0440\\u0443.dtype/,
  ],
  [
    "a class of the training script",
    pickleBytes(proto4, "c__main__\nClean\n."),
    "pickle-global-rejected",
    /__main__.Clean at byte 2/,
  ],
  [
    "an estimator that is not supported",
    pickleBytes(proto4, "csklearn.manifold._t_sne\nTSNE\n."),
    "estimator-unsupported",
    /TSNE is not supported/,
  ],
  [
    "__reduce__ of an allowed class with a hidden name",
    pickleBytes(proto4, "csklearn.svm._classes\nSVC\n)", 0x81, "}(", shortText("kernel"), system, "ub."),
    "pickle-global-rejected",
    /os.system/,
  ],

  [
    "a dtype that is not supported",
    pickleBytes(proto4, "cnumpy\ndtype\n", shortText("f16"), 0x85, "R."),
    "numpy-broken",
    /dtype "f16" is not supported/,
  ],
  [
    "a dtype of complex numbers",
    pickleBytes(proto4, "cnumpy\ndtype\n", shortText("c16"), 0x85, "R."),
    "numpy-broken",
    /dtype "c16" is not supported/,
  ],
  [
    "a dtype of huge strings",
    pickleBytes(proto4, "cnumpy\ndtype\n", shortText("U999999999999"), 0x85, "R."),
    "numpy-broken",
    /not supported/,
  ],
  [
    "a fresh estimator",
    pickleBytes(proto4, "csklearn.svm._classes\nSVC\n)", 0x81, "."),
    "estimator-inconsistent",
    /SVC: the object is not fitted: it has no classes_$/,
  ],
  [
    "a pipeline that is its own step",
    pickleBytes(
      proto4,
      "csklearn.pipeline\nPipeline\n)",
      0x81,
      0x94,
      "}",
      shortText("steps"),
      "](",
      shortText("a"),
      "h",
      0,
      0x86,
      "esb.",
    ),
    "estimator-inconsistent",
    /Pipeline contains itself as the step "a"/,
  ],
  ["a bare number", pickleBytes(proto4, "K", 7, "."), "estimator-missing", /found an int/],

  [
    "n_support that does not add up",
    withArrayBytes(iris, "_n_support", (v) => v.setInt32(0, 1_000_000, true)),
    "estimator-inconsistent",
    /support vectors/,
  ],
  [
    "a negative n_support",
    withArrayBytes(iris, "_n_support", (v) => v.setInt32(0, -1, true)),
    "estimator-inconsistent",
    /a class has -1/,
  ],
  [
    "an array with another shape",
    withInstruction(iris, "support_vectors_", "BININT1", 3, 0x4b, 61),
    "numpy-broken",
    /has 1920 bytes/,
  ],
  [
    "fewer columns than recorded",
    withInstruction(iris, "n_features_in_", "BININT1", 1, 0x4b, 5),
    "estimator-inconsistent",
    /n_features_in_ is 5/,
  ],
  [
    "a tree whose child is its parent",
    withArrayBytes(tree, "nodes", (v) => v.setBigInt64(0, 0n, true)),
    "estimator-inconsistent",
    /node 0 of a tree has children out of order or range: 0 and/,
  ],
  [
    "a tree whose child does not exist",
    withArrayBytes(tree, "nodes", (v) => v.setBigInt64(8, 10_000n, true)),
    "estimator-inconsistent",
    /children out of order or range: 1 and 10000/,
  ],
  [
    "a tree that splits on a feature that does not exist",
    withArrayBytes(tree, "nodes", (v) => v.setBigInt64(16, 4n, true)),
    "estimator-inconsistent",
    /node 0 of a tree splits on feature 4/,
  ],
  [
    "a sparse matrix with a column out of range",
    withArrayBytes(sparse, "indices", (v) => v.setInt32(0, 99_999, true)),
    "estimator-inconsistent",
    /out of order or range: 99999/,
  ],
  [
    "a sparse matrix with a negative column",
    withArrayBytes(sparse, "indices", (v) => v.setInt32(0, -1, true)),
    "estimator-inconsistent",
    /out of order or range: -1/,
  ],
  [
    "a sparse matrix whose rows overlap",
    withArrayBytes(sparse, "indptr", (v) => v.setInt32(4, 2 ** 30, true)),
    "estimator-inconsistent",
    /row 1 ends before it begins/,
  ],
];

for (const [name, file, code, message] of rows) {
  test(`rejects ${name}`, async () => {
    await assert.rejects(readModel(file), { name: "TepalError", code, message });
  });
}

test("rejects every truncated model", async () => {
  for (let length = 2; length < iris.length; length++) {
    await assert.rejects(readModel(iris.subarray(0, length)), { code: "file-cut-short" }, `${length} bytes`);
  }
});

test("attributes named __proto__ and constructor are data", async () => {
  // Two more items before the file's last three instructions: SETITEMS, BUILD, STOP.
  const polluted = pickleBytes(
    iris.subarray(0, -3),
    ...[shortText("__proto__"), "}", shortText("polluted"), shortText("yes"), "s"],
    ...[shortText("constructor"), "N"],
    iris.subarray(-3),
  );
  const model = await readModel(polluted);

  assert.deepEqual((await model.run("predict", tableOf([[5.9, 3.0, 5.1, 2.3]]))).data, [2]);
  assert.equal(Object.hasOwn(Object.prototype, "polluted"), false);
});

test("rejects pipelines that contain each other many times, without delay", async () => {
  const scaler = "csklearn.preprocessing._data\nStandardScaler\n)\x81}(";
  const parts = [
    ...[
      proto4,
      scaler,
      shortText("with_mean"),
      "\x89",
      shortText("with_std"),
      "\x89",
      shortText("n_features_in_"),
      "K\x01ub\x94",
    ],
  ];
  // Each pipeline has the one before twice: 2^18 steps.
  for (let level = 0; level < 18; level++) {
    const step = pickleBytes(shortText("a"), "h", level, 0x86);
    parts.push("0csklearn.pipeline\nPipeline\n)\x81}", shortText("steps"), "](", step, step, "esb\x94");
  }

  await assert.rejects(readModel(pickleBytes(...parts, ".")), {
    code: "estimator-inconsistent",
    message: /more than 100000 estimators/,
  });
});

test("any change of a file ends in a model or in an error with a code", async (t) => {
  const files = [
    "svc_labels_text.p0.pkl",
    "svc_labels_text.p5.pkl",
    "svc_labels_text.joblib",
    "svc_labels_text.joblib.zlib",
  ]
    .concat([
      "svc_sparse_poly.p3.pkl",
      "tree.p4.pkl",
      "pipeline_svc.p3.pkl",
      "labels_text.p4.pkl",
      "forest_regressor_two.p5.pkl",
    ])
    .map((name) => fixture(`1.9.1/${name}`));
  files.push(new Uint8Array(readFileSync(projectPath("src/model/libsvm/fixtures/c_svc_rbf_probability.model"))));
  const random = randomFrom(20_240_229);
  const ends = { rejected: 0, read: 0, rejectedInput: 0 };

  for (const file of files) {
    for (let count = 0; count < changesOfFile; count++) {
      try {
        const model = await readModel(changed(file, random));
        ends.read++;
        const row = model.signature.features.map(({ kind }, index) => (kind === "number" ? index : "a"));
        if (row.length === 0) continue;
        for (const { name } of model.signature.methods) await model.run(name, tableOf([row, row]));
      } catch (error) {
        assert.ok(error instanceof TepalError, error instanceof Error ? error.stack : String(error));
        if (error.code.startsWith("input-")) ends.rejectedInput++;
        else ends.rejected++;
      }
    }
  }

  t.diagnostic(`${files.length * changesOfFile} changed files: ${ends.rejected} rejected, ${ends.read} read as models`);
  assert.ok(ends.rejected > 0 && ends.read > 0);
});

const changesOfFile = 1_500;
