// Feature selection: the columns that a fit chose.

import type { ModelMethod } from "../../core/create-model.js";
import type { MethodName, Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition, ReadPart } from "../../estimator/estimator.js";
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
  mask: (state: EstimatorAttributes) => Mask,
  missing = false,
): EstimatorClass {
  return { name, paths, read: (state) => selectorOf(state, mask(state), missing) };
}

export const selectorClasses: readonly EstimatorClass[] = [
  selector("SelectKBest", univariate, (state) => best(state, state.get("k"))),
  selector("SelectPercentile", univariate, (state) => byPercentile(state, state.number("percentile"))),
  selector("SelectFpr", univariate, (state) => below(state, state.number("alpha"))),
  selector("SelectFdr", univariate, (state) => byFalseDiscovery(state, state.number("alpha"))),
  selector("SelectFwe", univariate, (state) => familyWise(state, state.number("alpha"))),
  selector("GenericUnivariateSelect", univariate, byMode),
  selector(
    "VarianceThreshold",
    ["sklearn.feature_selection._variance_threshold", "sklearn.feature_selection.variance_threshold"],
    (state) => above(state.numbers(["variances_"]), state.number("threshold")),
    true,
  ),
  selector(
    "SelectFromModel",
    ["sklearn.feature_selection._from_model", "sklearn.feature_selection.from_model"],
    chosenByModel,
  ),
  selector("SequentialFeatureSelector", ["sklearn.feature_selection._sequential"], support),
  { name: "RFE", paths: elimination, read: readElimination },
  { name: "RFECV", paths: elimination, read: readElimination },
];

function selectorOf(state: EstimatorAttributes, mask: Mask, missing: boolean): EstimatorDefinition {
  const columns = columnsOf(mask);
  return {
    inputs: numberInputs(state, mask.length, missing),
    keepsMissing: missing,
    methods: new Map([["transform", transformTo(columns.length, (table) => selectColumns(table, columns))]]),
    parameters: { columns: columns.length },
  };
}

/** Recursive elimination keeps the estimator of the last round, which predicts from the remaining columns. */
function readElimination(state: EstimatorAttributes, readPart: ReadPart): EstimatorDefinition {
  const mask = support(state);
  const chosen = columnsOf(mask);
  const estimator = readPart(state.get("estimator_"), `the estimator of a ${state.type}`);
  if (estimator.inputs.count !== chosen.length)
    throw state.inconsistent(`it keeps ${chosen.length} columns for an estimator of ${estimator.inputs.count}`);
  const select = (table: Table): Table => selectColumns(table, chosen);
  const methods = new Map<MethodName, ModelMethod>();
  for (const [name, method] of estimator.methods) {
    if (name === "transform") continue;
    methods.set(name, {
      answers: method.answers,
      run: (table) => method.run(select(table)),
      table: (table) => tableFrom(method, select(table)),
    });
  }
  methods.set("transform", transformTo(chosen.length, select));
  return {
    ...selectorOf(state, mask, estimator.inputs.missing),
    ...(estimator.classes && { classes: estimator.classes }),
    methods,
  };
}

function columnsOf(mask: Mask): readonly number[] {
  return mask.flatMap((chosen, column) => (chosen ? [column] : []));
}

function support(state: EstimatorAttributes): Mask {
  return Array.from(state.numbers(["support_"]), (chosen) => chosen !== 0);
}

function above(values: Float64Array, threshold: number): Mask {
  return Array.from(values, (value) => value > threshold);
}

/** p-values below alpha: the false positive rate. */
function below(state: EstimatorAttributes, alpha: number): Mask {
  return Array.from(state.numbers(["pvalues_"]), (value) => value < alpha);
}

function familyWise(state: EstimatorAttributes, alpha: number): Mask {
  return below(state, alpha / state.array("pvalues_").size);
}

function byMode(state: EstimatorAttributes): Mask {
  const mode = state.text("mode");
  if (mode === "k_best") return best(state, state.get("param"));
  const param = state.number("param");
  if (mode === "percentile") return byPercentile(state, param);
  if (mode === "fpr") return below(state, param);
  if (mode === "fdr") return byFalseDiscovery(state, param);
  if (mode === "fwe") return familyWise(state, param);
  throw state.inconsistent("mode is not known");
}
