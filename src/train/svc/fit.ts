import { pairwiseSum } from "../../model/index.js";
import type { Dataset } from "../dataset.js";
import { TrainError } from "../errors.js";
import { type Kernel, type Solution, trainSvc } from "./libsvm.js";

/** scikit-learn's `scale` is 1 / (columns * variance of all values), `auto` is 1 / columns. */
type Gamma = "scale" | "auto" | number;

/** scikit-learn's SVC parameters, under its names. */
export interface SvcOptions {
  readonly C: number;
  readonly kernel: Kernel;
  readonly gamma: Gamma;
  readonly degree: number;
  readonly coef0: number;
  /** Whether the model offers `predict_proba`. */
  readonly probability: boolean;
  /** scikit-learn's `random_state`: an unsigned 32-bit integer. Only probabilities depend on it. */
  readonly seed: number;
}

/** P(first class of a pair) = 1 / (1 + exp(A * decision value + B)). */
export interface PlattScale {
  readonly A: number;
  readonly B: number;
}

/** A fitted SVC. */
export interface Svc {
  readonly options: SvcOptions;
  readonly dataset: Dataset;
  /** The numeric value of `options.gamma`. */
  readonly gamma: number;
  readonly solution: Solution;
  /** One for each pair of classes, if probabilities were requested. */
  readonly probability: readonly PlattScale[];
}

/**
 * Fits without probabilities; `withProbability` adds them.
 * @throws TrainError "train-not-finite"
 */
export async function fitSvc(dataset: Dataset, options: Omit<SvcOptions, "probability">): Promise<Svc> {
  const { featureNames, x, y } = dataset;
  const gamma = gammaOf(options.gamma, dataset);
  const solution = await trainSvc({ x, columns: featureNames.length, y }, { ...options, gamma });
  if (![...solution.dualCoef, ...solution.intercept].every(Number.isFinite)) {
    throw new TrainError("train-not-finite", "The fitted coefficients are not finite");
  }
  return { options: { ...options, probability: false }, dataset, gamma, solution, probability: [] };
}

function gammaOf(gamma: Gamma, { x, featureNames }: Dataset): number {
  if (typeof gamma === "number") return gamma;
  if (gamma === "auto") return 1 / featureNames.length;
  const variance = varianceOf(x);
  return variance === 0 ? 1 : 1 / (featureNames.length * variance);
}

/** numpy's `X.var()`, to the last bit. */
function varianceOf(x: Float64Array): number {
  const mean = pairwiseSum(x, 0, x.length) / x.length;
  const squares = x.map((value) => (value - mean) * (value - mean));
  return pairwiseSum(squares, 0, x.length) / x.length;
}
