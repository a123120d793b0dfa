// IsolationForest: a row that few questions set apart from all others is an outlier.

import type { ModelMethod } from "../../core/create-model.js";
import type { MethodName, Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { labelsMethod, numbersMethod } from "../../estimator/meta-estimator.js";
import { log } from "../../math/log.js";
import { pow } from "../../math/pow.js";
import { addLeaves, float32Rows, packForest, readMembers, type Tree, type TreeToPack } from "../tree/index.js";
import { columnsOf } from "./bagging.js";

export const isolationForestClass: EstimatorClass = {
  name: "IsolationForest",
  paths: ["sklearn.ensemble._iforest", "sklearn.ensemble.iforest"],
  read: readIsolationForest,
};

const eulerGamma = 0.5772156649015329;

function readIsolationForest(attributes: EstimatorAttributes): EstimatorDefinition {
  const { first, size, members } = readMembers(attributes, attributes.items("estimators_", "a list of trees"), false);
  const count =
    attributes.get("n_features_in_", "n_features_") === undefined
      ? first.tree.features
      : attributes.number("n_features_in_", "n_features_");
  const chosen = attributes
    .items("estimators_features_", "the trees' columns")
    .map((columns) => columnsOf(attributes, columns, count));
  /** Trees that saw all columns saw them in order, whatever `estimators_features_` says. */
  function* trees(): Iterable<TreeToPack<Tree>> {
    let index = 0;
    for (const { tree } of members()) {
      const columns = chosen[index++];
      if (tree.features === count) yield { tree };
      else if (columns?.length === tree.features) yield { tree, columns };
      else throw attributes.inconsistent(`a tree of ${tree.features} features has ${columns?.length ?? "no"} columns`);
    }
  }
  const harmonicOf = attributes.since(0, 19) ? (n: number) => n - 1 : (n: number) => n;
  const lengthOf = attributes.since(0, 21) ? pathLength : (n: number) => oldPathLength(n, harmonicOf(n));
  let open: Tree | undefined;
  let samples: Float64Array = new Float64Array();
  let depths: Int32Array = new Int32Array();
  const forest = packForest(attributes, trees(), { ...size, width: 1 }, (tree, node, out, at) => {
    // The trees are packed one after another.
    if (tree !== open) {
      open = tree;
      samples = tree.samples();
      depths = depthsOf(tree);
    }
    out[at] = depths[node]! + lengthOf(samples[node]!) - 1;
  });
  const denominator = size.trees * lengthOf(attributes.number("_max_samples", "max_samples_"));
  // Before 0.20 the decision was half above the score, and outliers were those up to the threshold.
  const hasOffset = attributes.get("offset_") !== undefined;
  const offset = hasOffset ? attributes.number("offset_") : -0.5;
  const takesMissing = attributes.since(1, 6);

  const scores = (table: Table) => {
    const rows = float32Rows(table, takesMissing);
    const sums = new Float64Array(rows.rows);
    addLeaves(forest, rows, sums, 1);
    return sums.map((sum) => -pow(2, -(denominator === 0 ? 1 : sum / denominator)));
  };
  const decisions = (table: Table) => scores(table).map((score) => score - offset);
  // behaviour="old", the default before 0.22, kept the threshold by itself.
  const threshold =
    attributes.get("behaviour") === "old" || !hasOffset ? attributes.number("_threshold_", "threshold_") : 0;
  const outlierOrInlier = [-1, 1];
  return {
    inputs: numberInputs(attributes, count, takesMissing),
    classes: outlierOrInlier,
    methods: new Map<MethodName, ModelMethod>([
      [
        "predict",
        labelsMethod(outlierOrInlier, (table) =>
          decisions(table).map((value) => (value < threshold || (!hasOffset && value === threshold) ? 0 : 1)),
        ),
      ],
      ["decision_function", numbersMethod(undefined, decisions)],
      ...(hasOffset ? ([["score_samples", numbersMethod(undefined, scores)]] as const) : []),
    ]),
    parameters: { trees: size.trees, ...attributes.parameters("contamination", "max_samples", "max_features") },
  };
}

/** Nodes from the root to each node, both counted. */
function depthsOf({ feature, left, right }: Tree): Int32Array {
  const depths = new Int32Array(feature.length);
  depths[0] = 1;
  for (let node = 0; node < feature.length; node++) {
    if (feature[node]! < 0) continue;
    depths[left[node]!] = depths[node]! + 1;
    depths[right[node]!] = depths[node]! + 1;
  }
  return depths;
}

/** The same before 0.21. @param harmonic the n whose harmonic number is estimated: one less only since 0.19 */
function oldPathLength(n: number, harmonic: number): number {
  return n <= 1 ? 1 : 2 * (log(harmonic) + eulerGamma) - (2 * (n - 1)) / n;
}

/** The mean path to one of n samples in a tree grown to the end: sklearn.ensemble._iforest._average_path_length. */
function pathLength(n: number): number {
  if (n <= 1) return 0;
  if (n === 2) return 1;
  return 2 * (log(n - 1) + eulerGamma) - (2 * (n - 1)) / n;
}
