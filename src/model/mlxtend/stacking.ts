// mlxtend's stacking: an estimator of what other estimators predict.

import type { ModelMethod } from "../core/create-model.js";
import type { MethodName, Table } from "../core/model.js";
import type { EstimatorAttributes } from "../estimator/attributes.js";
import { accepts, valuesPerRow } from "../estimator/column-counts.js";
import type { Estimator, EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../estimator/estimator.js";
import { inputsOfAll, methodOf, readSubEstimators } from "../estimator/meta-estimator.js";
import { numbersFrom } from "../estimator/numbers.js";
import { selectColumns, sideBySide } from "../estimator/tables.js";

export const stackingClasses: readonly EstimatorClass[] = [
  stackingClass("StackingClassifier", "classifier.stacking_classification", readClassifier),
  stackingClass("StackingCVClassifier", "classifier.stacking_cv_classification", readClassifier),
  stackingClass("StackingRegressor", "regressor.stacking_regression", readRegressor),
  stackingClass("StackingCVRegressor", "regressor.stacking_cv_regression", readRegressor),
];

function stackingClass(name: string, path: string, read: EstimatorClass["read"]): EstimatorClass {
  const [module] = path.split(".");
  return { name, module: `mlxtend.${module}`, paths: [`mlxtend.${path}`], read };
}

/** A table of features for the last estimator. */
interface Features {
  readonly width: number;
  readonly of: (table: Table) => Table;
}

function readClassifier(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const parts = readSubEstimators(attributes, readSubEstimator, "clfs_");
  const last = readSubEstimator(attributes.get("meta_clf_"), `meta_clf_ of ${attributes.type}`);
  const probabilities = attributes.flag("use_probas");
  const features = parts.map((part) =>
    probabilities ? probabilitiesOf(attributes, part) : featuresOf(attributes, part, "predict"),
  );
  return stacked(
    attributes,
    parts,
    probabilities && attributes.flag("average_probas") ? [mean(attributes, features)] : features,
    last,
  );
}

function readRegressor(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const parts = readSubEstimators(attributes, readSubEstimator, "regr_");
  const last = readSubEstimator(attributes.get("meta_regr_"), `meta_regr_ of ${attributes.type}`);
  return stacked(
    attributes,
    parts,
    parts.map((part) => featuresOf(attributes, part, "predict")),
    last,
  );
}

function stacked(
  attributes: EstimatorAttributes,
  parts: readonly Estimator[],
  features: readonly Features[],
  last: Estimator,
): EstimatorDefinition {
  const inputs = inputsOfAll(attributes, parts);
  const passes = attributes.flag("use_features_in_secondary");
  const width = features.reduce((sum, feature) => sum + feature.width, 0);
  const expected = passes && inputs.count !== "any" ? inputs.count + width : width;
  if (!accepts(last, expected))
    throw attributes.inconsistent(`a ${last.type} inside it expects ${last.inputs.count} columns, got ${expected}`);
  const tableOf = (table: Table): Table => {
    const made = features.map((feature) => feature.of(table));
    return sideBySide(passes ? [table, ...made] : made, table.rows, false);
  };
  const methods = new Map<MethodName, ModelMethod>();
  for (const name of ["predict", "predict_proba", "decision_function"] as const) {
    const method = last.methods.get(name);
    if (method) methods.set(name, { output: method.output, run: (table) => method.run(tableOf(table)) });
  }
  return {
    inputs,
    ...(last.classes && { classes: last.classes }),
    methods,
    parameters: { estimators: parts.map(({ type }) => type).join(", "), last: last.type },
  };
}

function featuresOf(attributes: EstimatorAttributes, part: Estimator, name: MethodName): Features {
  const method = methodOf(attributes, part, name);
  return {
    width: valuesPerRow(attributes, method) ?? 1,
    of: (table) => ({ kind: "matrix", ...numbersFrom(method, table) }),
  };
}

/** The probabilities, without those of the first or last class (drop_proba_col). */
function probabilitiesOf(attributes: EstimatorAttributes, part: Estimator): Features {
  const { width, of } = featuresOf(attributes, part, "predict_proba");
  const dropped = attributes.get("drop_proba_col");
  const columns = Array.from({ length: width }, (_, column) => column);
  const kept = dropped === "first" ? columns.slice(1) : dropped === "last" ? columns.slice(0, -1) : columns;
  return { width: kept.length, of: (table) => selectColumns(of(table), kept) };
}

/** numpy.average of the estimators' probabilities. */
function mean(attributes: EstimatorAttributes, features: readonly Features[]): Features {
  const width = features[0]!.width;
  if (features.some((feature) => feature.width !== width))
    throw attributes.inconsistent("its estimators return different numbers of probabilities");
  return {
    width,
    of(table) {
      const data = new Float64Array(table.rows * width);
      for (const { of } of features) {
        const made = of(table);
        if (made.kind !== "matrix") continue;
        for (let at = 0; at < data.length; at++) data[at]! += made.data[at]!;
      }
      return { kind: "matrix", rows: table.rows, columns: width, data: data.map((sum) => sum / features.length) };
    },
  };
}
