// Files of encoders whose parts do not fit together.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sklearnFixtureFile } from "../../../test/support/model-fixtures.js";
import { readModel } from "../index.js";

/** A copy of a file in which a name of the same length is in the place of the first occurrence of another one. */
function renamed(name: string, from: string, to: string): Uint8Array {
  const text = Buffer.from(sklearnFixtureFile("category-encoders-2.11.2", `${name}.p4.pkl`)).toString("latin1");
  assert.equal(from.length, to.length);
  assert.ok(text.includes(from));
  return Buffer.from(text.replace(from, to), "latin1");
}

for (const [what, file, code] of [
  [
    "an encoder without its ordinal encoder",
    renamed("TargetEncoder", "ordinal_encoder", "ordinal_decoder"),
    "estimator-inconsistent",
  ],
  ["an encoder without a mapping", renamed("CountEncoder", "mapping", "mappinG"), "estimator-inconsistent"],
  ["a hash method that Node.js does not have", renamed("HashingEncoder", "md5", "md6"), "estimator-unsupported"],
  ["a mapping without sums", renamed("CatBoostEncoder", "sum", "sun"), "estimator-inconsistent"],
  ["a mapping without a manager of blocks", renamed("OneHotEncoder", "_mgr", "_mgs"), "pandas-broken"],
  ["a summary without its encoders", renamed("summary", "encoder_list", "encoder_lisp"), "estimator-inconsistent"],
  [
    "a wrapper without its encoders",
    renamed("several_classes", "feature_encoders", "feature_encoderz"),
    "estimator-inconsistent",
  ],
  ["an encoder without columns", renamed("OrdinalEncoder", "\x8c\x04cols", "\x8c\x04cold"), "estimator-inconsistent"],
] as const) {
  test(`rejects ${what}`, async () => {
    await assert.rejects(readModel(file), { code });
  });
}
