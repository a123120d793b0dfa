import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { chainModel } from "../../../test/support/chain-fixtures.js";
import { TepalError } from "../../base/index.js";

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
