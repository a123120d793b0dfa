import type { TepalError } from "../base/index.js";
import { type Dataset, rowsOf } from "./dataset.js";
import { TrainError } from "./errors.js";

export interface CrossValidation {
  /** The accuracy on each fold. */
  readonly scores: readonly number[];
  /** The mean: scikit-learn's `cross_val_score(...).mean()`. */
  readonly accuracy: number;
  /** Rows are true classes, columns predicted ones, in the order of `classes`. */
  readonly confusion: readonly (readonly number[])[];
}

/**
 * Predicts each fold with a model fitted to the other folds.
 * @param predict returns the labels of the `tested` rows predicted by a model fitted to `trained`
 * @throws TrainError "train-too-few-rows" if the other folds of a fold contain fewer than two classes
 */
export async function crossValidate(
  dataset: Dataset,
  folds: number,
  predict: (trained: Dataset, tested: Float64Array) => Promise<readonly (number | string)[]>,
): Promise<CrossValidation> {
  const { classes, y } = dataset;
  const foldOfRow = stratifiedFolds(y, classes.length, folds);
  const confusion = classes.map(() => classes.map(() => 0));
  const scores: number[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const tested = [...y.keys()].filter((row) => foldOfRow[row] === fold);
    const trained = rowsOf(
      dataset,
      [...y.keys()].filter((row) => foldOfRow[row] !== fold),
    );
    if (trained.classes.length < 2) throw tooFewRows(folds, "the training folds contain a single class");
    const labels = await predict(trained, rowsOf(dataset, tested).x);
    let right = 0;
    for (const [i, row] of tested.entries()) {
      const predicted = classes.indexOf(labels[i]!);
      confusion[y[row]!]![predicted]!++;
      if (predicted === y[row]) right++;
    }
    scores.push(right / tested.length);
  }
  return { scores, accuracy: scores.reduce((sum, score) => sum + score, 0) / folds, confusion };
}

/**
 * The fold of each row, as scikit-learn's `StratifiedKFold` without shuffling: every fold contains about the same
 * number of rows of each class, in the order of the rows.
 */
function stratifiedFolds(y: Int32Array, classes: number, folds: number): Int32Array {
  const counts = new Map<number, number>();
  for (const one of y) counts.set(one, (counts.get(one) ?? 0) + 1);
  const largest = Math.max(...counts.values());
  if (largest < folds) throw tooFewRows(folds, `the largest class has ${largest} rows`);
  // Rows sorted by class are distributed to the folds in turn. The classes are in the order of their first rows, as in
  // scikit-learn: it decides which fold gets one more row.
  const dealt = (before: number, fold: number) => Math.floor((before - fold + folds - 1) / folds);
  const nextFold = Array.from({ length: classes }, (): number[] => []);
  let start = 0;
  for (const [one, count] of counts) {
    for (let fold = 0; fold < folds; fold++) {
      const share = dealt(start + count, fold) - dealt(start, fold);
      nextFold[one]!.push(...Array<number>(share).fill(fold));
    }
    start += count;
  }
  const taken = new Int32Array(classes);
  return y.map((one) => nextFold[one]![taken[one]!++]!);
}

function tooFewRows(folds: number, why: string): TepalError {
  return new TrainError("train-too-few-rows", `The table is too small for ${folds}-fold cross-validation: ${why}`);
}
