import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { chainFixture, chainModel, predictChain } from "../../../test/support/chain-fixtures.js";
import { TepalError } from "../../base/index.js";
import { readChain, readModel } from "../index.js";

async function errorOf(
  document: unknown,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<TepalError> {
  try {
    await chainModel(document, files);
  } catch (error) {
    assert.ok(error instanceof TepalError, String(error));
    return error;
  }
  assert.fail("the file was accepted");
}

/** The documents of the commands and spec files that a hint shows. */
function proposalsIn(hint: string): readonly unknown[] {
  return hint
    .split("\n")
    .slice(1)
    .join("\n")
    .split("\n  or\n")
    .map((text) => {
      const [command] = text.match(/(?<=^ {2}tepal inspect ).*/) ?? [];
      return command === undefined ? (parse(text) as { readonly model: unknown }).model : command.split(" ");
    });
}

for (const [file, count] of [
  ["pair.bin", 1],
  ["bundle.pkl", 1],
  ["bundles/predictors.pkl", 2],
] as const) {
  test(`every proposal for ${file} works`, async () => {
    const { code, hint } = await errorOf(file);

    assert.equal(code, "estimator-several");
    const proposals = proposalsIn(hint ?? "");
    assert.equal(proposals.length, count, hint);
    for (const proposal of proposals) assert.match((await chainModel(proposal)).signature.type, / -> /);
  });
}

test("proposes the columns, the decoder and the threshold of a bundle", async () => {
  const { hint } = await errorOf("bundle.pkl");

  assert.deepEqual(proposalsIn(hint ?? "")[0], {
    columns: "bundle.pkl::features",
    steps: ["bundle.pkl::scaler", "bundle.pkl::model"],
    decode: "bundle.pkl::label_encoder",
    threshold: "bundle.pkl::threshold",
  });
});

test("proposes nothing where two orders fit", async () => {
  const { code, message, hint } = await errorOf("bundles/ambiguous.pkl");

  assert.equal(code, "estimator-several");
  assert.match(message, /a \(StandardScaler, 2 to 2 columns\), b \(MinMaxScaler, 2 to 2 columns\), model \(Log/);
  assert.match(hint ?? "", /^Select what is used, in order, as bundles\/ambiguous\.pkl::MEMBER/);
});

test("rejects a scaler beside values, and says how to serve it", async () => {
  const { code, message, hint } = await errorOf("bundles/lone-scaler.pkl");

  assert.equal(code, "estimator-no-predictor");
  assert.match(message, /scaler \(StandardScaler, 2 to 2 columns\), features \(2 names\)\. None of them predicts$/);
  assert.match(hint ?? "", /tepal inspect bundles\/lone-scaler\.pkl::scaler$/);
});

test("rejects a dict of encoders, and says how to use it", async () => {
  const { code, hint } = await errorOf("encoders.pkl");

  assert.equal(code, "estimator-no-predictor");
  assert.match(hint ?? "", /\{file: encoders\.pkl, each: true\}/);
});

/** What reading a file reports as not used. */
async function noteOf(file: string): Promise<string | undefined> {
  const notes: string[] = [];
  await readChain({ steps: [file] }, chainFixture, (text) => notes.push(text));
  assert.ok(notes.length <= 1);
  return notes[0];
}

for (const [file, names] of [
  ["bundles/features.pkl", ["age", "pay"]],
  ["bundles/columns-tuple.pkl", ["age", "pay"]],
  ["bundles/named-model.pkl", ["x", "y"]],
  ["bundles/class-names.pkl", undefined],
  ["bundles/two-lists.pkl", undefined],
] as const) {
  test(`the columns of the lone predictor in ${file} are ${names?.join(", ") ?? "not named"}`, async () => {
    for (const { signature } of [await chainModel(file), await readModel(chainFixture(file))]) {
      assert.equal(signature.named, names !== undefined);
      assert.deepEqual(names && signature.features.map(({ name }) => name), names);
      assert.match(signature.type, /^sklearn\.linear_model\.\w+$/);
    }
  });
}

test("names of columns change no prediction of a lone predictor", async () => {
  const model = await chainModel("bundles/features.pkl");
  const plain = await chainModel("bundles/features.pkl::model");

  const expected = await predictChain(plain, [[1, 2]], "predict_proba");
  assert.deepEqual(await predictChain(model, [{ pay: 2, age: 1 }], "predict_proba"), expected);
  assert.deepEqual(await predictChain(model, [[1, 2]], "predict_proba"), expected);
});

for (const [file, proposal] of [
  [
    "bundles/features.pkl",
    {
      columns: "bundles/features.pkl::features",
      steps: ["bundles/features.pkl::model"],
      threshold: "bundles/features.pkl::threshold",
    },
  ],
  [
    "bundles/class-names.pkl",
    { steps: ["bundles/class-names.pkl::model"], decode: "bundles/class-names.pkl::class_names" },
  ],
] as const) {
  test(`says what of ${file} is not used, and the spec file that uses it`, async () => {
    const note = await noteOf(file);

    assert.match(note ?? "", /^Not used: bundles\/\S+::(threshold|class_names)\. If your code uses it:\n/);
    const [proposed] = proposalsIn(note ?? "");
    assert.deepEqual(proposed, proposal);
    await chainModel(proposed);
  });
}

test("says nothing of a file whose values are all used", async () => {
  assert.equal(await noteOf("bundles/columns-tuple.pkl"), undefined);
});

test("proposes no columns where two lists of names fit and the steps need none", async () => {
  const { hint } = await errorOf("bundles/two-lists-and-scaler.pkl");

  const file = "bundles/two-lists-and-scaler.pkl";
  assert.deepEqual(proposalsIn(hint ?? ""), [[`${file}::scaler`, `${file}::model`]]);
});

test("of two lists of names that fit, proposes the one whose key is that of columns", async () => {
  const { hint } = await errorOf("bundles/list-and-columns.pkl");

  const file = "bundles/list-and-columns.pkl";
  assert.deepEqual(proposalsIn(hint ?? ""), [
    { columns: `${file}::columns`, steps: [`${file}::scaler`, `${file}::model`], decode: `${file}::labels` },
  ]);
});

test("a scaler beside values is rejected by readModel too", async () => {
  await assert.rejects(readModel(chainFixture("bundles/lone-scaler.pkl")), { code: "estimator-no-predictor" });
});
