// Selectors whose estimator does not say how much its columns matter.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sklearnFixtureFile } from "../../../../test/support/model-fixtures.js";
import { readModel } from "../../index.js";

/** The fixture with every occurrence of `from` replaced by `to`, of the same length. */
function replaced(file: string, from: string, to: string): Uint8Array {
  const bytes = Buffer.from(sklearnFixtureFile("selectors-1.9.1", file));
  assert.equal(from.length, to.length);
  assert.ok(bytes.includes(from));
  return Buffer.from(bytes.toString("latin1").replaceAll(from, to), "latin1");
}

for (const [what, bytes, code, message] of [
  [
    "a CatBoost model without stored importances",
    replaced("cat_default.pkl", "_prediction_values_change", "_prediction_values_chance"),
    "estimator-unsupported",
    /does not have its feature importances/,
  ],
  [
    "an XGBoost model without the gains of its splits",
    replaced("xgb_gain.pkl", "loss_changes", "loss_chances"),
    "xgboost-broken",
    /loss_changes/,
  ],
  [
    "an unknown kind of XGBoost's importances",
    replaced("xgb_total_gain.pkl", "total_gain", "total_pain"),
    "estimator-unsupported",
    /importance_type is not one of weight, gain/,
  ],
  [
    "an unknown kind of LightGBM's importances",
    replaced("lgb_gain.pkl", "gain", "pain"),
    "estimator-unsupported",
    /neither 'split' nor 'gain'/,
  ],
] as const) {
  test(`SelectFromModel rejects ${what}`, async () => {
    await assert.rejects(readModel(bytes), { code, message });
  });
}
