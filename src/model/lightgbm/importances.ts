// LightGBM's feature importances, from the splits of its text format.

import { readModelText } from "./model-text.js";

/**
 * For each column how many splits with a gain the first `rounds` rounds have, or the sum of their gains:
 * GBDT::FeatureImportance. The text has the gains rounded to six digits, and so has the booster that Python reads from
 * a pickle.
 * @param text a model that readBooster has checked
 */
export function splitImportances(text: string, rounds: number, kind: "split" | "gain"): Float64Array {
  const { header, trees } = readModelText(text);
  const importances = new Float64Array(header.count("max_feature_idx") + 1);
  for (const block of trees.slice(0, rounds * header.count("num_tree_per_iteration"))) {
    const splits = block.count("num_leaves") - 1;
    if (splits < 1) continue;
    const features = block.integers("split_feature", splits);
    const gains = block.numbers("split_gain", splits);
    for (const [index, feature] of features.entries()) {
      const gain = Math.fround(gains[index]!);
      // A node that no other one refers to can name a column that does not exist.
      if (!(gain > 0 && feature >= 0 && feature < importances.length)) continue;
      importances[feature] = importances[feature]! + (kind === "gain" ? gain : 1);
    }
  }
  return importances;
}
