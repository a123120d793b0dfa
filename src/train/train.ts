import { type CrossValidation, crossValidate } from "./cross-validation.js";
import { readCsv } from "./csv.js";
import { datasetOf } from "./dataset.js";
import { checkOptions, type TrainOptions } from "./options.js";
import { predictions } from "./predict.js";
import { fitSvc } from "./svc/fit.js";
import { withProbability } from "./svc/platt.js";
import { pickleOf } from "./svc/state.js";

export interface Trained {
  /** A scikit-learn pickle: bytes to write to a file, and to deploy. */
  readonly model: Uint8Array;
  readonly report: TrainReport;
}

export interface TrainReport {
  /** As scikit-learn names it. */
  readonly estimator: string;
  readonly rows: number;
  readonly features: readonly string[];
  readonly classes: readonly ClassReport[];
  /** Every parameter as it was used; `gamma` as a number. */
  readonly parameters: Readonly<Record<string, number | string | boolean>>;
  /** False when the solver gave up: scaled columns or a smaller C would help it. */
  readonly converged: boolean;
  /** Undefined when it was not asked for. */
  readonly crossValidation: CrossValidation | undefined;
}

export interface ClassReport {
  readonly label: number | string;
  readonly rows: number;
  readonly supportVectors: number;
}

/**
 * Fits an estimator to a table and saves it as scikit-learn would.
 * @throws TrainError "csv-..." and "train-..." with line and column.
 */
export async function train(options: TrainOptions): Promise<Trained> {
  const { svc: svcOptions, folds } = checkOptions(options);
  const dataset = datasetOf(readCsv(options.csv), options.label);
  const crossValidation =
    folds === 0
      ? undefined
      : await crossValidate(dataset, folds, async (trained, tested) =>
          // Probabilities would not change what `predict` answers, and cost fifteen fits for three classes.
          predictions(await fitSvc(trained, svcOptions), tested),
        );
  const margins = await fitSvc(dataset, svcOptions);
  const svc = svcOptions.probability ? await withProbability(margins) : margins;
  const report: TrainReport = {
    estimator: "sklearn.svm.SVC",
    rows: dataset.y.length,
    features: dataset.featureNames,
    classes: dataset.classes.map((label, index) => ({
      label,
      rows: dataset.y.filter((one) => one === index).length,
      supportVectors: svc.solution.supportCounts[index]!,
    })),
    parameters: { ...svcOptions, gamma: svc.gamma },
    converged: svc.solution.converged,
    crossValidation,
  };
  return { model: pickleOf(svc), report };
}
