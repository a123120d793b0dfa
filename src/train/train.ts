import { type CrossValidation, crossValidate } from "./cross-validation.js";
import { readCsv } from "./csv.js";
import { datasetOf } from "./dataset.js";
import { checkOptions, type TrainOptions } from "./options.js";
import { predictions } from "./predict.js";
import { fitSvc } from "./svc/fit.js";
import { withProbability } from "./svc/platt.js";
import { pickleOf } from "./svc/svc-pickle.js";

interface Trained {
  /** The content of the model file: a scikit-learn pickle. */
  readonly model: Uint8Array;
  readonly report: TrainReport;
}

export interface TrainReport {
  /** scikit-learn's class name. */
  readonly estimator: string;
  readonly rows: number;
  readonly features: readonly string[];
  readonly classes: readonly ClassReport[];
  /** All parameters with the values used; `gamma` is a number. */
  readonly parameters: Readonly<Record<string, number | string | boolean>>;
  /** False if the solver stopped at its iteration limit: scale the columns or use a smaller C. */
  readonly converged: boolean;
  /** Undefined if cross-validation was disabled. */
  readonly crossValidation: CrossValidation | undefined;
}

interface ClassReport {
  readonly label: number | string;
  readonly rows: number;
  readonly supportVectors: number;
}

/**
 * Fits an estimator to a table and saves it in scikit-learn's format.
 * @throws TrainError "csv-..." and "train-..." with line and column
 */
export async function train(options: TrainOptions): Promise<Trained> {
  const { svc: svcOptions, folds } = checkOptions(options);
  const dataset = datasetOf(readCsv(options.csv), options.label);
  const crossValidation =
    folds === 0
      ? undefined
      : await crossValidate(dataset, folds, async (trained, tested) =>
          // Probabilities do not affect `predict`, and would take fifteen more fits for three classes.
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
