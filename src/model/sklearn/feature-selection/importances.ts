// How much each column matters to a fitted estimator: what SelectFromModel chooses by.

import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { Estimator, Importances } from "../../estimator/estimator.js";
import { NdArray } from "../../numpy/ndarray.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";
import { Instance } from "../../pickle/values.js";

/**
 * The sizes of `coef_` (summed over the outputs by `normOrder`), or `feature_importances_`, which trees do not store:
 * it is computed from their nodes. 32-bit floats where Python has those.
 * @throws ModelError "estimator-unsupported" where neither is available
 */
export function readImportances(
  owner: EstimatorAttributes,
  attributes: EstimatorAttributes,
  inner: Estimator,
  normOrder: number,
): Float64Array | Float32Array {
  const coef = attributes.get("coef_");
  if (coef instanceof NdArray) return sizesOf(coefficientsOf(owner, coef), normOrder);
  if (inner.importances) return sizesOf(inner.importances(), normOrder);
  return importancesOf(owner, attributes);
}

function coefficientsOf(owner: EstimatorAttributes, coef: NdArray): Importances {
  if (coef.shape.length > 2) throw owner.inconsistent("coef_ has more than two dimensions");
  const numbers = coef.toNumbers();
  return {
    values: coef.dtype.code === "<f4" ? Float32Array.from(numbers) : numbers,
    rows: coef.shape.length === 2 ? coef.shape[0]! : 1,
  };
}

function sizesOf({ values, rows }: Importances, normOrder: number): Float64Array | Float32Array {
  if (rows === 1) return values.map(Math.abs);
  const columns = values.length / rows;
  const sizes = values.slice(0, columns).fill(0);
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      const size = Math.abs(values[row * columns + column]!);
      const norm = sizes[column]!;
      sizes[column] = normOrder === Number.POSITIVE_INFINITY ? Math.max(norm, size) : norm + size ** normOrder;
    }
  }
  return normOrder === 1 || normOrder === Number.POSITIVE_INFINITY ? sizes : sizes.map((sum) => sum ** (1 / normOrder));
}

/** A tree's, or those of an ensemble's trees on average. */
function importancesOf(owner: EstimatorAttributes, attributes: EstimatorAttributes): Float64Array {
  const tree = attributes.get("tree_");
  if (tree instanceof Instance) return divided(treeImportances(owner, tree));
  const members = attributes.get("estimators_");
  const trees = Array.isArray(members) ? members : members instanceof NdArray ? members.objects() : undefined;
  if (!trees) {
    throw owner.unsupported(
      `it selects columns by the importances of a ${attributes.type}, which are not supported`,
      "Put SelectKBest or another selector with fixed columns in its place.",
    );
  }
  // Gradient boosting adds the trees' importances; forests normalize each tree's to the sum 1 first.
  const boosted = members instanceof NdArray;
  const each = trees.flatMap((member) => {
    const inner = member instanceof Instance ? member.attributes.get("tree_") : undefined;
    if (!(inner instanceof Instance))
      throw owner.unsupported(`it selects columns by a ${attributes.type}, whose parts are not trees`);
    const importances = treeImportances(owner, inner);
    // A tree of one leaf says nothing.
    return nodeCount(inner) <= 1 ? [] : [boosted ? importances : divided(importances)];
  });
  if (each.length === 0) throw owner.inconsistent("its trees have no splits to choose columns by");
  const weights = attributes.get("estimator_weights_");
  const means = each[0]!.map((_, column) => {
    let sum = 0;
    for (const [index, importances] of each.entries()) {
      sum += importances[column]! * (weights instanceof NdArray ? weights.toNumbers()[index]! : 1);
    }
    return sum / each.length;
  });
  return divided(means);
}

function nodeCount(tree: Instance): number {
  const nodes = tree.attributes.get("nodes");
  return nodes instanceof NdArray ? nodes.size : 0;
}

/** Each split's gain, added to its column. */
function treeImportances(owner: EstimatorAttributes, tree: Instance): Float64Array {
  const nodes = tree.attributes.get("nodes");
  const [columns] = tree.args;
  if (!(nodes instanceof NdArray) || typeof columns !== "number" || !(columns > 0 && columns < 1 << 21))
    throw owner.inconsistent("a tree has no nodes");
  const [left, right, feature, impurity, weight] = [
    "left_child",
    "right_child",
    "feature",
    "impurity",
    "weighted_n_node_samples",
  ].map((name) => nodes.toFieldNumbers(name)) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const importances = new Float64Array(columns);
  for (let node = 0; node < nodes.size; node++) {
    if (left[node] === -1) continue;
    const gain = (at: number): number => {
      const product = weight[at]! * impurity[at]!;
      if (at >= nodes.size) throw owner.inconsistent("a tree's child is out of range");
      return product;
    };
    const column = feature[node]!;
    if (!(column >= 0 && column < columns)) throw owner.inconsistent("a tree splits a column that does not exist");
    importances[column] = importances[column]! + (gain(node) - gain(left[node]!) - gain(right[node]!));
  }
  return importances.map((sum) => sum / weight[0]!);
}

function divided(importances: Float64Array): Float64Array {
  const sum = pairwiseSum(importances, 0, importances.length);
  return sum > 0 ? importances.map((importance) => importance / sum) : importances;
}
