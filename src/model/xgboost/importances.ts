// XGBoost's feature importances, from the statistics of its trees' splits, and the weights of gblinear.

import type { Importances } from "../estimator/estimator.js";
import type { Fields, Json } from "../json/fields.js";
import { pairwiseSum32 } from "../numpy/pairwise-sum.js";
import { type Booster, modelIn, treesIn } from "./booster.js";

/** Digits of a float in XGBoost's text dumps: since 1.0 enough for each float. */
const dumpDigits = 9;
const dumpDigitsBefore10 = 6;

/** Digits of gblinear's weights in a dump: C++'s default. */
const weightDigits = 6;

/** For each kind of importance the statistic that is added up, and whether it is divided by the number of splits. */
const kinds: ReadonlyMap<string, { readonly statistic?: string; readonly isMean: boolean }> = new Map([
  ["weight", { isMean: false }],
  ["gain", { statistic: "loss_changes", isMean: true }],
  ["cover", { statistic: "sum_hessian", isMean: true }],
  ["total_gain", { statistic: "loss_changes", isMean: false }],
  ["total_cover", { statistic: "sum_hessian", isMean: false }],
]);

export const importanceTypes: readonly string[] = [...kinds.keys()];

/**
 * `feature_importances_` of a booster of trees: the scores of Booster.get_score, divided by their sum.
 * @param document a model that readBooster has read as `booster`
 * @param type one of importanceTypes
 */
export function treeImportances(document: Json, booster: Booster, type: string): Importances {
  const trees = treesIn(modelIn(document).fields("learner").fields("gradient_booster"));
  const scores = splitScores(trees, booster, type);
  const sum = pairwiseSum32(scores, 0, scores.length);
  return { values: sum === 0 ? scores : scores.map((score) => score / sum), rows: 1 };
}

function splitScores(model: Fields, { columns, version }: Booster, type: string): Float32Array {
  const { statistic, isMean } = kinds.get(type)!;
  const isDumped = /^(0|1\.[0-4])\b/.test(version ?? "");
  // Before 1.5 Python adds up, as doubles, the numbers of a dump; later versions add up floats in C++.
  const sums = isDumped ? new Float64Array(columns) : new Float32Array(columns);
  const counts = new Float64Array(columns);
  for (const tree of model.objects("trees")) {
    const size = tree.numbers("left_children").length;
    const features = tree.numbers("split_indices", size);
    const statistics = statistic === undefined ? undefined : tree.numbers(statistic, size);
    for (const node of splitsOf(tree, isDumped)) {
      const column = features[node]!;
      counts[column] = counts[column]! + 1;
      const value = statistics ? Math.fround(statistics[node]!) : 1;
      sums[column] = sums[column]! + (isDumped ? dumped(value, version) : value);
    }
  }
  return Float32Array.from(sums, (sum, column) => (isMean ? sum / Math.max(1, counts[column]!) : sum));
}

function dumped(float: number, version: string | undefined): number {
  return Number(float.toPrecision(version?.startsWith("0") ? dumpDigitsBefore10 : dumpDigits));
}

/** The splits of a tree from its root, in the order in which they are added: a dump has the left ones first. */
function splitsOf(tree: Fields, leftFirst: boolean): readonly number[] {
  const lefts = tree.numbers("left_children");
  const rights = tree.numbers("right_children");
  const splits: number[] = [];
  const open = [0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (lefts[node] === -1) continue;
    splits.push(node);
    const children = [lefts[node]!, rights[node]!];
    open.push(...(leftFirst ? children.reverse() : children));
  }
  return splits;
}

/** `coef_` of gblinear, which Python reads from a dump: reshaped to a row for each class where there are several. */
export function linearCoefficients(document: Json, { columns, groups }: Booster): Importances {
  const model = modelIn(document).fields("learner").fields("gradient_booster").fields("model");
  const weights = Array.from(model.numbers("weights", (columns + 1) * groups)).slice(0, columns * groups);
  return {
    values: Float64Array.from(weights, (weight) => Number(Math.fround(weight).toPrecision(weightDigits))),
    rows: groups,
  };
}
