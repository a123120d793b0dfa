import { TrainError } from "./errors.js";
import type { SvcOptions } from "./svc/fit.js";
import { kernelNames } from "./svc/libsvm.js";

/** Each fold is one more fit; more folds than this amount to leave-one-out. */
const foldsMax = 100;

export interface TrainOptions extends Partial<SvcOptions> {
  /** The table: a header, feature columns of numbers, and a label column. */
  readonly csv: Uint8Array | string;
  /** The name of the label column. */
  readonly label: string;
  /** Only C-support vector classification is supported. */
  readonly estimator?: "svc";
  /** The number of cross-validation folds, 5 by default; 0 disables cross-validation. */
  readonly crossValidation?: number;
}

/** scikit-learn's defaults, except a fixed seed of 0, where scikit-learn's default is a random one. */
const defaults: SvcOptions = { C: 1, kernel: "rbf", gamma: "scale", degree: 3, coef0: 0, probability: false, seed: 0 };

const positive = (value: unknown) => typeof value === "number" && value > 0 && Number.isFinite(value);
const integerIn = (min: number, max: number) => (value: unknown) =>
  Number.isInteger(value) && Number(value) >= min && Number(value) <= max;

const checks: readonly (readonly [name: keyof TrainOptions, isRight: (value: unknown) => boolean, must: string])[] = [
  ["estimator", (value) => value === "svc", "be svc"],
  ["C", positive, "be a number above 0"],
  ["kernel", (value) => kernelNames.some((name) => name === value), `be one of ${kernelNames.join(", ")}`],
  ["gamma", (value) => value === "scale" || value === "auto" || positive(value), "be scale, auto or a number above 0"],
  ["degree", integerIn(0, 100), "be an integer from 0 to 100"],
  ["coef0", (value) => Number.isFinite(value), "be a number"],
  ["probability", (value) => typeof value === "boolean", "be true or false"],
  ["seed", integerIn(0, 2 ** 32 - 1), "be an integer from 0 to 4294967295"],
  ["crossValidation", (value) => value === 0 || integerIn(2, foldsMax)(value), `be 0, or from 2 to ${foldsMax} folds`],
];

/** @throws TrainError "train-option" */
export function checkOptions(options: TrainOptions): { readonly svc: SvcOptions; readonly folds: number } {
  for (const [name, isRight, must] of checks) {
    const value = options[name];
    if (value !== undefined && !isRight(value)) {
      throw new TrainError("train-option", `Option ${name} must ${must}, found ${JSON.stringify(value)}`);
    }
  }
  const { C, kernel, gamma, degree, coef0, probability, seed } = options;
  const svc: SvcOptions = {
    C: C ?? defaults.C,
    kernel: kernel ?? defaults.kernel,
    gamma: gamma ?? defaults.gamma,
    degree: degree ?? defaults.degree,
    coef0: coef0 ?? defaults.coef0,
    probability: probability ?? defaults.probability,
    seed: seed ?? defaults.seed,
  };
  return { svc, folds: options.crossValidation ?? 5 };
}
