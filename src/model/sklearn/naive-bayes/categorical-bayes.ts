// CategoricalNB: each column holds the number of a category.

import { CellError } from "../../core/cell-error.js";
import { type FillTableRow, labelOfLargest, numbersForRow } from "../../core/methods.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { likelihoodMethods } from "../../estimator/likelihoods.js";
import { NdArray } from "../../numpy/ndarray.js";

/** The logarithms of the probabilities of one column's categories: a row for each class. */
interface Column {
  readonly categories: number;
  readonly logProbabilities: Float64Array;
}

export function readCategorical(attributes: EstimatorAttributes): EstimatorDefinition {
  const classes = attributes.classes();
  const columns = readColumns(attributes, classes.length);
  const priors = attributes.numbers(["class_log_prior_"], classes.length);
  const fill: FillTableRow = (data, start, out, outStart, row) => {
    const scores = out.subarray(outStart, outStart + classes.length).fill(0);
    for (const [index, { categories, logProbabilities }] of columns.entries()) {
      const category = categoryOf(data[start + index]!, row, index, categories);
      for (let label = 0; label < scores.length; label++)
        scores[label] = scores[label]! + logProbabilities[label * categories + category]!;
    }
    for (let label = 0; label < scores.length; label++) scores[label] = scores[label]! + priors[label]!;
  };
  const joint = numbersForRow(classes.length, fill);
  return {
    inputs: numberInputs(attributes, columns.length, false),
    classes,
    methods: new Map([
      ["predict", labelOfLargest(classes, joint)],
      ...likelihoodMethods(attributes, { joint, width: classes.length, sum: "pairwise" }),
    ]),
    parameters: attributes.parameters("alpha"),
  };
}

function readColumns(attributes: EstimatorAttributes, classes: number): readonly Column[] {
  const value = attributes.get("feature_log_prob_");
  if (!Array.isArray(value)) throw attributes.expected("a list of arrays", ["feature_log_prob_"], value);
  return value.map((array) => {
    if (!(array instanceof NdArray) || array.shape.length !== 2 || array.shape[0] !== classes) {
      throw attributes.inconsistent(`feature_log_prob_ is not a list of arrays of ${classes} rows`);
    }
    return { categories: array.shape[1]!, logProbabilities: array.toNumbers() };
  });
}

/** scikit-learn truncates the fraction, and fails for a category that was not in the training data. */
function categoryOf(value: number, row: number, column: number, categories: number): number {
  const category = Math.trunc(value);
  if (category >= 0 && category < categories) return category;
  throw new CellError(
    "input-category-unknown",
    row,
    column,
    (where) => `The value at ${where} is ${value}; the training categories are 0 to ${categories - 1}`,
  );
}
