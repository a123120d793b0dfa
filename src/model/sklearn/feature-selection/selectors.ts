// Feature selection: the columns that a fit chose.

import type { ModelMethod } from "../../core/create-model.js";
import type { MethodName, Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { selectColumns, tableFrom, transformTo } from "../../estimator/tables.js";
import { chosenByModel } from "./select-from-model.js";
import { best, byFalseDiscovery, byPercentile, type Mask } from "./univariate.js";

const univariate = [
  "sklearn.feature_selection._univariate_selection",
  "sklearn.feature_selection.univariate_selection",
];
const elimination = ["sklearn.feature_selection._rfe", "sklearn.feature_selection.rfe"];

function selector(
  name: string,
  paths: readonly string[],
  mask: (attributes: EstimatorAttributes) => Mask,
  missing = false,
): EstimatorClass {
  return { name, paths, read: (attributes) => selectorOf(attributes, mask(attributes), missing) };
}

export const selectorClasses: readonly EstimatorClass[] = [
  selector("SelectKBest", univariate, (attributes) => best(attributes, attributes.get("k"))),
  selector("SelectPercentile", univariate, (attributes) => byPercentile(attributes, attributes.number("percentile"))),
  selector("SelectFpr", univariate, (attributes) => below(attributes, attributes.number("alpha"))),
  selector("SelectFdr", univariate, (attributes) => byFalseDiscovery(attributes, attributes.number("alpha"))),
  selector("SelectFwe", univariate, (attributes) => familyWise(attributes, attributes.number("alpha"))),
  selector("GenericUnivariateSelect", univariate, byMode),
  selector(
    "VarianceThreshold",
    ["sklearn.feature_selection._variance_threshold", "sklearn.feature_selection.variance_threshold"],
    (attributes) => above(attributes.numbers(["variances_"]), attributes.number("threshold")),
    true,
  ),
  {
    name: "SelectFromModel",
    paths: ["sklearn.feature_selection._from_model", "sklearn.feature_selection.from_model"],
    read(attributes, readSubEstimator) {
      const { mask, missing } = chosenByModel(attributes, readSubEstimator);
      return selectorOf(attributes, mask, missing);
    },
  },
  selector("SequentialFeatureSelector", ["sklearn.feature_selection._sequential"], support),
  { name: "RFE", paths: elimination, read: readElimination },
  { name: "RFECV", paths: elimination, read: readElimination },
];

function selectorOf(attributes: EstimatorAttributes, mask: Mask, missing: boolean): EstimatorDefinition {
  const columns = columnsOf(mask);
  return {
    inputs: numberInputs(attributes, mask.length, missing),
    keepsMissing: missing,
    methods: new Map([["transform", transformTo(columns.length, (table) => selectColumns(table, columns))]]),
    parameters: { columns: columns.length },
  };
}

/** Recursive elimination keeps the estimator of the last round, which predicts from the remaining columns. */
function readElimination(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const mask = support(attributes);
  const chosen = columnsOf(mask);
  const estimator = readSubEstimator(attributes.get("estimator_"), `the estimator of a ${attributes.type}`);
  if (estimator.inputs.count !== chosen.length)
    throw attributes.inconsistent(`it keeps ${chosen.length} columns for an estimator of ${estimator.inputs.count}`);
  const select = (table: Table): Table => selectColumns(table, chosen);
  const methods = new Map<MethodName, ModelMethod>();
  for (const [name, method] of estimator.methods) {
    if (name === "transform") continue;
    methods.set(name, {
      output: method.output,
      run: (table) => method.run(select(table)),
      table: (table) => tableFrom(method, select(table)),
    });
  }
  methods.set("transform", transformTo(chosen.length, select));
  return {
    ...selectorOf(attributes, mask, estimator.inputs.missing),
    ...(estimator.classes && { classes: estimator.classes }),
    methods,
  };
}

function columnsOf(mask: Mask): readonly number[] {
  return mask.flatMap((chosen, column) => (chosen ? [column] : []));
}

function support(attributes: EstimatorAttributes): Mask {
  return Array.from(attributes.numbers(["support_"]), (chosen) => chosen !== 0);
}

function above(values: Float64Array, threshold: number): Mask {
  return Array.from(values, (value) => value > threshold);
}

/** p-values below alpha: the false positive rate. */
function below(attributes: EstimatorAttributes, alpha: number): Mask {
  return Array.from(attributes.numbers(["pvalues_"]), (value) => value < alpha);
}

function familyWise(attributes: EstimatorAttributes, alpha: number): Mask {
  return below(attributes, alpha / attributes.array("pvalues_").size);
}

function byMode(attributes: EstimatorAttributes): Mask {
  const mode = attributes.text("mode");
  if (mode === "k_best") return best(attributes, attributes.get("param"));
  const param = attributes.number("param");
  if (mode === "percentile") return byPercentile(attributes, param);
  if (mode === "fpr") return below(attributes, param);
  if (mode === "fdr") return byFalseDiscovery(attributes, param);
  if (mode === "fwe") return familyWise(attributes, param);
  throw attributes.inconsistent("mode is not known");
}
