// Naive Bayes: the logarithm of each class's prior, plus that of the likelihood of the row's values in the class.

import type { ModelMethod } from "../../core/create-model.js";
import { matrixOf } from "../../core/matrix.js";
import { type FillRow, labelOfLargest, numbersForRow } from "../../core/methods.js";
import type { Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { type FittedMatrix, readMatrix } from "../../estimator/fitted-matrix.js";
import { numberInputs } from "../../estimator/inputs.js";
import { type Likelihoods, likelihoodMethods } from "../../estimator/likelihoods.js";
import { listOfScores } from "../../estimator/linear-scores.js";
import { exp } from "../../math/exp.js";
import { log } from "../../math/log.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";
import { readCategorical } from "./categorical-bayes.js";

const paths = ["sklearn.naive_bayes"];

export const naiveBayesClasses: readonly EstimatorClass[] = [
  { name: "GaussianNB", paths, read: readGaussian },
  { name: "MultinomialNB", paths, read: (attributes) => readCounts(attributes, multinomial) },
  { name: "ComplementNB", paths, read: (attributes) => readCounts(attributes, complement) },
  { name: "BernoulliNB", paths, read: (attributes) => readCounts(attributes, bernoulli) },
  { name: "CategoricalNB", paths, read: readCategorical },
];

function readGaussian(attributes: EstimatorAttributes): EstimatorDefinition {
  const classes = attributes.classes();
  const means = readMatrix(attributes, ["theta_"], { rows: classes.length });
  const features = means.columns;
  // 1.0 renamed sigma_.
  const variances = readMatrix(attributes, ["var_", "sigma_"], { rows: classes.length, columns: features });
  const priors = attributes.numbers(["class_prior_"], classes.length).map(log);
  const normalizers = priors.map((_, label) => {
    const logs = Float64Array.from({ length: features }, (_, column) =>
      log(2 * Math.PI * variances.data[label * features + column]!),
    );
    return -0.5 * pairwiseSum(logs, 0, features);
  });
  const terms = new Float64Array(features);
  const fill: FillRow = (data, start, out, outStart) => {
    for (let label = 0; label < classes.length; label++) {
      const from = label * features;
      for (let column = 0; column < features; column++) {
        const difference = data[start + column]! - means.data[from + column]!;
        terms[column] = (difference * difference) / variances.data[from + column]!;
      }
      out[outStart + label] = priors[label]! + (normalizers[label]! - 0.5 * pairwiseSum(terms, 0, features));
    }
  };
  // numpy stacks the classes' likelihoods as columns: it adds them in order.
  return bayes(attributes, numbersForRow(classes.length, fill), "in-order", features, ["var_smoothing"]);
}

type Counts = (attributes: EstimatorAttributes, logProbabilities: FittedMatrix) => ModelMethod;

function readCounts(attributes: EstimatorAttributes, jointOf: Counts): EstimatorDefinition {
  const classes = attributes.classes();
  const logProbabilities = readLogProbabilities(attributes, classes.length);
  return bayes(attributes, jointOf(attributes, logProbabilities), "pairwise", logProbabilities.columns, [
    "alpha",
    "binarize",
    "norm",
  ]);
}

/** feature_log_prob_: a row for each class. Without smoothing it holds infinities, so its numbers are not checked. */
function readLogProbabilities(attributes: EstimatorAttributes, rows: number): FittedMatrix {
  const array = attributes.array("feature_log_prob_");
  const [found, columns] = array.shape;
  if (array.shape.length !== 2 || found !== rows || columns === 0) {
    throw attributes.inconsistent(`${rows} classes, and feature_log_prob_ has the shape (${array.shape.join(", ")})`);
  }
  return { rows, columns: columns!, data: array.toNumbers() };
}

const multinomial: Counts = (attributes, logProbabilities) =>
  weighted(logProbabilities, attributes.numbers(["class_log_prior_"], logProbabilities.rows));

/** Its prior counts only where there is one class. */
const complement: Counts = (attributes, logProbabilities) =>
  weighted(
    logProbabilities,
    logProbabilities.rows === 1 ? attributes.numbers(["class_log_prior_"], 1) : new Float64Array(logProbabilities.rows),
  );

/** Values are 0 or 1: the logarithm of the probability of one, or of zero. */
const bernoulli: Counts = (attributes, logProbabilities) => {
  const { rows, columns } = logProbabilities;
  const priors = attributes.numbers(["class_log_prior_"], rows);
  const zeros = logProbabilities.data.map((logProbability) => log(1 - exp(logProbability)));
  const weights = logProbabilities.data.map((logProbability, index) => logProbability - zeros[index]!);
  const constants = priors.map((prior, label) => prior + pairwiseSum(zeros, label * columns, columns));
  const joint = weighted({ rows, columns, data: weights }, constants);
  const threshold = attributes.get("binarize");
  if (threshold === undefined) return joint;
  if (typeof threshold !== "number") throw attributes.expected("a number", ["binarize"], threshold);
  return { output: joint.output, run: (table) => joint.run(binarized(table, threshold)) };
};

/** 1 for values above the threshold. Of a sparse table only the entries are looked at, as in scikit-learn. */
function binarized(table: Table, threshold: number): Table {
  const numbers = table.kind === "frame" ? { kind: "matrix" as const, ...matrixOf(table) } : table;
  return { ...numbers, data: numbers.data.map((value) => (value > threshold ? 1 : 0)) };
}

function weighted({ rows, columns, data }: FittedMatrix, constants: Float64Array): ModelMethod {
  return listOfScores({ outputs: rows, features: columns, weights: data, intercepts: constants, flat: false });
}

function bayes(
  attributes: EstimatorAttributes,
  joint: ModelMethod,
  sum: Likelihoods["sum"],
  features: number,
  parameters: readonly string[],
): EstimatorDefinition {
  const classes = attributes.classes();
  return {
    inputs: numberInputs(attributes, features, false),
    classes,
    methods: new Map([
      ["predict", labelOfLargest(classes, joint)],
      ...likelihoodMethods(attributes, { joint, width: classes.length, sum }),
    ]),
    parameters: attributes.parameters(...parameters),
  };
}
