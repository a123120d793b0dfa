// Dicts, lists and tuples around estimators.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sklearnFixtureFile } from "../../../test/support/model-fixtures.js";
import { pickleBytes } from "../../../test/support/pickle-bytes.js";
import { readModel } from "../index.js";

/** A pickle's instructions without PROTO, FRAME and STOP, to be nested in another. */
function inner(file: Uint8Array): Uint8Array {
  return file.subarray(2, file.length - 1);
}

// Protocol 3 has no frames; a second estimator overwrites memo entries of the first that are no longer needed.
const svc = inner(new Uint8Array(sklearnFixtureFile("1.9.1", "pipeline_svc.p3.pkl")));
const logistic = inner(new Uint8Array(sklearnFixtureFile("1.9.1", "logistic_binary.p3.pkl")));
const key = (name: string) => pickleBytes("X", Uint8Array.of(name.length, 0, 0, 0), name);
const proto3 = pickleBytes(0x80, 3);

for (const [what, file] of [
  ["a dict with columns beside it", pickleBytes(proto3, "}(", key("columns"), "]", key("model"), svc, "u.")],
  ["a list", pickleBytes(proto3, "]", svc, "a.")],
  ["a tuple in a dict", pickleBytes(proto3, "}", key("best"), svc, "K", 3, 0x86, "s.")],
] as const) {
  test(`finds the one estimator in ${what}`, async () => {
    assert.equal((await readModel(file)).signature.type, "sklearn.pipeline.Pipeline");
  });
}

for (const protocol of [0, 2, 4, 5]) {
  test(`skips dates, UUIDs, decimals, paths and data frames beside the estimator (protocol ${protocol})`, async () => {
    const file = new Uint8Array(sklearnFixtureFile("pipelines-1.9.1/beside", `p${protocol}.pkl`));

    assert.equal((await readModel(file)).signature.type, "sklearn.linear_model.LogisticRegression");
  });

  test(`skips time zones, records, masked arrays and functions beside the estimator (protocol ${protocol})`, async () => {
    const file = new Uint8Array(sklearnFixtureFile("pipelines-1.9.1/beside-zones", `p${protocol}.pkl`));

    assert.equal((await readModel(file)).signature.type, "sklearn.linear_model.LogisticRegression");
  });
}

test("lists two estimators with their places, and the commands for each", async () => {
  const file = pickleBytes(proto3, "}(", key("model"), logistic, key("steps"), "]", svc, "au.");

  await assert.rejects(readModel(file), {
    code: "estimator-several",
    message: /^The file holds a dict of several objects: model \(LogisticRegression, .*, steps\.0 \(Pipeline, /,
    hint: /tepal inspect FILE::model\n {2}or\n {2}tepal inspect FILE::steps\.0$/,
  });
});

test("rejects a container without an estimator, one that contains itself and an endless list", async () => {
  for (const file of [
    pickleBytes(proto3, "}", key("columns"), "K", 1, "s."),
    pickleBytes(0x80, 4, "]", 0x94, "h", 0, "a."),
    pickleBytes(proto3, "](", "K\x01".repeat(20_000), "e."),
  ]) {
    await assert.rejects(readModel(file), { code: "estimator-missing" });
  }
});
