// XGBoost's objectives: what a margin means, and how it becomes a prediction. XGBoost computes in 32-bit floats
// throughout.

import { exp32, log32 } from "../math/float32.js";

export interface Objective {
  /** What base_score is to a margin. */
  readonly base: "margin" | "probability" | "mean";
  /** What Booster.predict returns. */
  readonly transform: "margin" | "sigmoid" | "exp" | "step" | "softmax" | "argmax";
  /** Whether it is a classifier. */
  readonly classifies?: true;
}

const margin: Objective = { base: "margin", transform: "margin" };
const mean: Objective = { base: "mean", transform: "exp" };

export const objectives: ReadonlyMap<string, Objective> = new Map([
  ["reg:squarederror", margin],
  ["reg:linear", margin],
  ["reg:squaredlogerror", margin],
  ["reg:pseudohubererror", margin],
  ["reg:absoluteerror", margin],
  ["reg:quantileerror", margin],
  ["reg:expectileerror", margin],
  ["reg:logistic", { base: "probability", transform: "sigmoid" }],
  ["reg:gamma", mean],
  ["reg:tweedie", mean],
  ["count:poisson", mean],
  ["survival:cox", mean],
  ["survival:aft", mean],
  ["rank:pairwise", margin],
  ["rank:ndcg", margin],
  ["rank:map", margin],
  ["binary:logistic", { base: "probability", transform: "sigmoid", classifies: true }],
  ["binary:logitraw", { base: "margin", transform: "margin", classifies: true }],
  ["binary:hinge", { base: "margin", transform: "step", classifies: true }],
  ["multi:softprob", { base: "margin", transform: "softmax", classifies: true }],
  ["multi:softmax", { base: "margin", transform: "argmax", classifies: true }],
]);

const { fround } = Math;

/** base_score as a margin. */
export function baseMargin(base: Objective["base"], score: number): number {
  const value = fround(score);
  if (base === "margin") return value;
  if (base === "mean") return log32(value);
  return -log32(fround(fround(1 / value) - 1));
}

/** Larger arguments make expf overflow. */
const sigmoidMin = fround(-88.7);
const tiny = fround(1e-16);

/**
 * Turns the margins of one row into the result of Booster.predict, in place. Argmax is up to the caller: it returns
 * fewer values.
 */
export function transformMargins(transform: Objective["transform"], values: Float32Array): void {
  if (transform === "softmax") {
    softmax(values);
    return;
  }
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (transform === "exp") values[index] = exp32(value);
    else if (transform === "step") values[index] = value > 0 ? 1 : 0;
    else if (transform === "sigmoid") {
      values[index] = 1 / fround(fround(exp32(Math.min(-value, -sigmoidMin)) + 1) + tiny);
    }
  }
}

/** The sum is a double, and divides as a float. */
function softmax(values: Float32Array): void {
  let largest = values[0]!;
  for (let index = 1; index < values.length; index++) if (values[index]! > largest) largest = values[index]!;
  let sum = 0;
  for (let index = 0; index < values.length; index++) {
    const power = exp32(fround(values[index]! - largest));
    values[index] = power;
    sum += power;
  }
  const divisor = fround(sum);
  for (let index = 0; index < values.length; index++) values[index] = values[index]! / divisor;
}
