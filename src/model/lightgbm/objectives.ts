// LightGBM's objectives: how the trees' sum becomes a prediction.

import { exp } from "../math/exp.js";
import { log1p } from "../math/log.js";

/** Turns the sums of one row into results, in place. */
type Convert = (sums: Float64Array) => void;

const asItIs: Convert = () => {};

/** By the first word of the line; the others are its parameters. */
const conversions: ReadonlyMap<string, (parameters: ReadonlyMap<string, string>) => Convert> = new Map([
  ["regression", (parameters) => (parameters.has("sqrt") ? each((sum) => Math.sign(sum) * sum * sum) : asItIs)],
  ["regression_l1", () => asItIs],
  ["huber", () => asItIs],
  ["fair", () => asItIs],
  ["quantile", () => asItIs],
  ["mape", () => asItIs],
  ["lambdarank", () => asItIs],
  ["rank_xendcg", () => asItIs],
  ["poisson", () => each(exp)],
  ["gamma", () => each(exp)],
  ["tweedie", () => each(exp)],
  ["binary", sigmoid],
  ["multiclassova", sigmoid],
  ["multiclass", () => softmax],
  ["cross_entropy", () => each((sum) => 1 / (1 + exp(-sum)))],
  ["xentropy", () => each((sum) => 1 / (1 + exp(-sum)))],
  ["cross_entropy_lambda", () => each((sum) => log1p(exp(sum)))],
  ["xentlambda", () => each((sum) => log1p(exp(sum)))],
]);

export const objectiveNames: readonly string[] = [...conversions.keys()];

/** Objectives that return probabilities of classes. */
export const classifying: readonly string[] = ["binary", "multiclass", "multiclassova"];

/** @param line "binary sigmoid:1"; @returns undefined for one that is not known */
export function conversionOf(line: string): Convert | undefined {
  const [name, ...rest] = line.split(" ");
  const parameters = new Map(rest.map((word): [string, string] => [word.split(":")[0]!, word.split(":")[1] ?? ""]));
  return conversions.get(name!)?.(parameters);
}

function sigmoid(parameters: ReadonlyMap<string, string>): Convert {
  const slope = Number(parameters.get("sigmoid") ?? 1);
  return each((sum) => 1 / (1 + exp(-slope * sum)));
}

function each(convert: (sum: number) => number): Convert {
  return (sums) => {
    for (let index = 0; index < sums.length; index++) sums[index] = convert(sums[index]!);
  };
}

function softmax(sums: Float64Array): void {
  let largest = sums[0]!;
  for (let index = 1; index < sums.length; index++) if (sums[index]! > largest) largest = sums[index]!;
  let sum = 0;
  for (let index = 0; index < sums.length; index++) {
    sums[index] = exp(sums[index]! - largest);
    sum += sums[index]!;
  }
  for (let index = 0; index < sums.length; index++) sums[index] = sums[index]! / sum;
}
