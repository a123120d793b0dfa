/**
 * How the confidences of pairs of classes are made smaller than a vote: each by itself, or (before scikit-learn 0.21)
 * those of all rows by the largest of them, so that rows are not independent.
 */
export type ConfidenceScale = "each" | "all";

/**
 * The last step of sklearn.utils.multiclass._ovr_decision_function: adds to the votes, in place, the scaled sums of
 * confidences. They decide between classes with equally many votes.
 */
export function addConfidences(votes: Float64Array, sums: Float64Array, scaling: ConfidenceScale): void {
  if (scaling === "each") {
    for (const [at, sum] of sums.entries()) votes[at] = votes[at]! + sum / (3 * (Math.abs(sum) + 1));
    return;
  }
  let largest = Number.NEGATIVE_INFINITY;
  let smallest = Number.POSITIVE_INFINITY;
  for (const sum of sums) {
    largest = Math.max(largest, sum);
    smallest = Math.min(smallest, sum);
  }
  if (largest === smallest) return;
  const scale = (0.5 - Number.EPSILON) / Math.max(Math.abs(largest), Math.abs(smallest));
  for (const [at, sum] of sums.entries()) votes[at] = votes[at]! + sum * scale;
}
