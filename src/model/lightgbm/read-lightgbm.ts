// LightGBM's own model files: what Booster.save_model writes.

import { createModel } from "../core/create-model.js";
import type { Model, Scalar } from "../core/model.js";
import { type Booster, readBooster } from "./booster.js";
import { boosterMethods } from "./methods.js";

/** The file does not say whether a scikit-learn interface wrote it: the model returns what Booster.predict returns. */
export function readLightgbm(file: Uint8Array): Model {
  const booster = readBooster(new TextDecoder().decode(file));
  return createModel({
    signature: {
      format: "lightgbm",
      type: "lightgbm.Booster",
      libraries: {},
      features: booster.features,
      named: booster.named,
      parameters: boosterParameters(booster, booster.rounds),
    },
    methods: boosterMethods(booster, booster.rounds),
  });
}

export function boosterParameters({ objective, outputs }: Booster, rounds: number): Readonly<Record<string, Scalar>> {
  return { objective, trees: rounds * outputs };
}
