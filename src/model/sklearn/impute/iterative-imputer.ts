import type { ModelMethod } from "../../core/create-model.js";
import { matrixOf } from "../../core/matrix.js";
import type { Table } from "../../core/model.js";
import { EstimatorAttributes } from "../../estimator/attributes.js";
import { columnCountOf } from "../../estimator/column-counts.js";
import type { EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { selectColumns, sideBySide, tableFrom, transformTo } from "../../estimator/tables.js";
import { NdArray } from "../../numpy/ndarray.js";
import { Instance, Tuple, type Value } from "../../pickle/values.js";
import { missingFlags, readIndicator, readIsMissing } from "./simple-imputer.js";

export const iterativeImputerClass: EstimatorClass = {
  name: "IterativeImputer",
  paths: ["sklearn.impute._iterative"],
  read: readIterativeImputer,
};

/** Rounds times columns. */
const stepsMax = 100_000;

/** One column predicted from others. */
interface Step {
  readonly column: number;
  readonly from: readonly number[];
  readonly predict: ModelMethod;
}

/**
 * Missing values are guessed simply first; then column after column is predicted from the others, round after round.
 */
function readIterativeImputer(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
): EstimatorDefinition {
  if (attributes.flag("sample_posterior")) throw attributes.unsupported("it draws values at random (sample_posterior)");
  const first = readSubEstimator(attributes.get("initial_imputer_"), "the initial imputer of an IterativeImputer");
  const guess = first.methods.get("transform");
  const count = columnCountOf(attributes, first.inputs);
  const kept = readKept(attributes, count);
  if (guess?.output.columns !== kept.length)
    throw attributes.inconsistent("its initial imputer leaves out other columns");
  const steps = readSteps(attributes, kept.length, readSubEstimator);
  const low = readLimits(attributes, "_min_value", kept.length, Number.NEGATIVE_INFINITY);
  const high = readLimits(attributes, "_max_value", kept.length, Number.POSITIVE_INFINITY);
  const isMissing = readIsMissing(attributes);
  const indicated = readIndicator(attributes, count);

  const impute = (table: Table): Table => {
    const filled = matrixOf(tableFrom(guess, table));
    const matrix: Table = { kind: "matrix", rows: filled.rows, columns: filled.columns, data: filled.data.slice() };
    const given = matrixOf(selectColumns(table, kept)).data;
    const missing = Uint8Array.from(given, (value) => Number(isMissing(value)));
    // scikit-learn leaves a table without a single value as the first guess.
    if (missing.includes(0)) {
      for (const step of steps) predictMissing(matrix, missing, step, low[step.column]!, high[step.column]!);
    }
    if (!indicated) return matrix;
    return sideBySide([matrix, missingFlags(table, indicated, isMissing)], table.rows, false);
  };
  return {
    inputs: numberInputs(attributes, count, isMissing(null)),
    methods: new Map([["transform", transformTo(kept.length + (indicated?.length ?? 0), impute)]]),
    parameters: attributes.parameters("initial_strategy", "max_iter", "n_iter_"),
  };
}

function predictMissing(
  { rows, columns, data }: { rows: number; columns: number; data: Float64Array },
  missing: Uint8Array,
  { column, from, predict }: Step,
  low: number,
  high: number,
): void {
  const chosen = Array.from({ length: rows }, (_, row) => row).filter((row) => missing[row * columns + column]);
  if (chosen.length === 0) return;
  const others = new Float64Array(chosen.length * from.length);
  for (const [index, row] of chosen.entries()) {
    for (const [place, other] of from.entries()) others[index * from.length + place] = data[row * columns + other]!;
  }
  const predicted = predict.run({ kind: "matrix", rows: chosen.length, columns: from.length, data: others });
  for (const [index, row] of chosen.entries()) {
    data[row * columns + column] = Math.min(Math.max(Number(predicted.data[index]), low), high);
  }
}

/** Columns that had a value in training; up to 1.1 the first imputer alone knows them. */
function readKept(attributes: EstimatorAttributes, count: number): readonly number[] {
  const all = Array.from({ length: count }, (_, column) => column);
  if (attributes.flag("keep_empty_features")) return all;
  if (attributes.get("_is_empty_feature") !== undefined) {
    const empty = attributes.numbers(["_is_empty_feature"], count);
    return all.filter((column) => empty[column] === 0);
  }
  const imputer = attributes.get("initial_imputer_");
  if (!(imputer instanceof Instance)) return all;
  const statistics = new EstimatorAttributes(imputer, "sklearn.impute.SimpleImputer").numbers(["statistics_"], count);
  return all.filter((column) => !Number.isNaN(statistics[column]));
}

function readSteps(
  attributes: EstimatorAttributes,
  columns: number,
  readSubEstimator: ReadSubEstimator,
): readonly Step[] {
  const sequence = attributes.get("imputation_sequence_");
  if (sequence === undefined || attributes.get("n_iter_") === 0) return [];
  if (!Array.isArray(sequence) || sequence.length > stepsMax)
    throw attributes.expected("a list of steps", ["imputation_sequence_"], sequence);
  return sequence.map((item) => {
    const parts = item instanceof Instance ? item.args : item instanceof Tuple ? item.items : [];
    const [column, neighbors, part] = parts;
    const from = neighbors instanceof NdArray ? Array.from(neighbors.toNumbers()) : [];
    if (!isColumn(column, columns) || !from.every((other) => isColumn(other, columns)) || from.length === 0)
      throw attributes.inconsistent("a step of imputation_sequence_ names a column that does not exist");
    const estimator = readSubEstimator(part, "the estimator of an IterativeImputer");
    const predict = estimator.methods.get("predict");
    if (predict?.output.kind !== "number" || estimator.inputs.count !== from.length)
      throw attributes.inconsistent(`a ${estimator.type} does not predict a column from ${from.length} others`);
    return { column, from, predict };
  });
}

function isColumn(value: Value | undefined, columns: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < columns;
}

function readLimits(attributes: EstimatorAttributes, name: string, count: number, absent: number): Float64Array {
  const value = attributes.get(name);
  if (value instanceof NdArray && value.size === count) return value.toNumbers();
  return new Float64Array(count).fill(value === undefined ? absent : attributes.number(name));
}
