// Gaussian mixtures.

import type { ModelMethod } from "../../core/create-model.js";
import { type FillRow, labelOfLargest, numbersForRow } from "../../core/methods.js";
import type { MethodName } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { type FittedMatrix, readMatrix } from "../../estimator/fitted-matrix.js";
import { numberInputs } from "../../estimator/inputs.js";
import { type Likelihoods, likelihoodMethods, logLikelihood } from "../../estimator/likelihoods.js";
import { digamma } from "../../math/gamma.js";
import { log } from "../../math/log.js";
import { NdArray } from "../../numpy/ndarray.js";
import { pairwiseSum } from "../../numpy/pairwise-sum.js";
import { Tuple } from "../../pickle/values.js";
import { type Covariance, readCovariance } from "./covariance.js";

export const mixtureClasses: readonly EstimatorClass[] = [
  {
    name: "GaussianMixture",
    paths: ["sklearn.mixture._gaussian_mixture", "sklearn.mixture.gaussian_mixture"],
    read: (attributes) => readMixture(attributes, gaussianConstants),
  },
  {
    name: "BayesianGaussianMixture",
    paths: ["sklearn.mixture._bayesian_mixture", "sklearn.mixture.bayesian_mixture"],
    read: (attributes) => readMixture(attributes, bayesianConstants),
  },
];

/** What is added to each component's log density, one after the other. */
type Constants = (attributes: EstimatorAttributes, means: FittedMatrix) => readonly Float64Array[];

function readMixture(attributes: EstimatorAttributes, constantsOf: Constants): EstimatorDefinition {
  const means = readMatrix(attributes, ["means_"]);
  const { rows: components, columns: features } = means;
  const covariance = readCovariance(attributes, means);
  const joint = numbersForRow(components, weightedDensities(covariance, means, constantsOf(attributes, means)));
  const likelihoods: Likelihoods = { joint, width: components, sum: "pairwise" };
  const numbers = Array.from({ length: components }, (_, index) => index);
  return {
    inputs: numberInputs(attributes, features, false),
    methods: new Map<MethodName, ModelMethod>([
      ["predict", labelOfLargest(numbers, joint)],
      ["predict_proba", likelihoodMethods(attributes, likelihoods)[0]![1]],
      ["score_samples", logLikelihood(attributes, likelihoods)],
    ]),
    parameters: { n_components: components, ...attributes.parameters("covariance_type") },
  };
}

/** _estimate_log_gaussian_prob, and the constants. */
function weightedDensities(covariance: Covariance, means: FittedMatrix, constants: readonly Float64Array[]): FillRow {
  const { rows: components, columns: features } = means;
  const normalizer = features * log(2 * Math.PI);
  return (data, start, out, outStart) => {
    covariance.fillDistances(data, start, out, outStart);
    for (let component = 0; component < components; component++) {
      let density = -0.5 * (normalizer + out[outStart + component]!) + covariance.logDeterminants[component]!;
      for (const constant of constants) density += constant[component]!;
      out[outStart + component] = density;
    }
  };
}

function gaussianConstants(attributes: EstimatorAttributes, { rows }: FittedMatrix): readonly Float64Array[] {
  return [attributes.numbers(["weights_"], rows).map(log)];
}

/** The expected logarithms of the precisions' determinants and of the weights. */
function bayesianConstants(
  attributes: EstimatorAttributes,
  { rows, columns: features }: FittedMatrix,
): readonly Float64Array[] {
  // One for all components where they share their covariance.
  const freedom =
    attributes.get("covariance_type") === "tied"
      ? new Float64Array(rows).fill(attributes.number("degrees_of_freedom_"))
      : attributes.numbers(["degrees_of_freedom_"], rows);
  const precision = attributes.numbers(["mean_precision_"], rows);
  const determinants = freedom.map((degrees, component) => {
    let sum = 0;
    for (let feature = 0; feature < features; feature++) sum += digamma(0.5 * (degrees - feature));
    return 0.5 * (features * Math.LN2 + sum - features / precision[component]!);
  });
  return [freedom.map((degrees) => -0.5 * features * log(degrees)), determinants, expectedLogWeights(attributes, rows)];
}

function expectedLogWeights(attributes: EstimatorAttributes, components: number): Float64Array {
  const concentration = attributes.get("weight_concentration_");
  if (concentration instanceof NdArray) {
    const numbers = attributes.numbers(["weight_concentration_"], components);
    const whole = digamma(pairwiseSum(numbers, 0, components));
    return numbers.map((number) => digamma(number) - whole);
  }
  // A Dirichlet process: the two parameters of each component's beta distribution.
  const [a, b] = concentration instanceof Tuple ? concentration.items : [];
  if (!(a instanceof NdArray && b instanceof NdArray) || a.size !== components || b.size !== components) {
    throw attributes.inconsistent(`weight_concentration_ is not two arrays of ${components} numbers`);
  }
  const [first, second] = [a.toNumbers(), b.toNumbers()];
  let before = 0;
  return first.map((number, component) => {
    const whole = digamma(number + second[component]!);
    const weight = digamma(number) - whole + before;
    before += digamma(second[component]!) - whole;
    return weight;
  });
}
