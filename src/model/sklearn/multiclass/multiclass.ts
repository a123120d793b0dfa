// OneVsRestClassifier, OneVsOneClassifier and OutputCodeClassifier: many classes, by models of two.

import type { ModelMethod } from "../../core/create-model.js";
import type { MethodName, Scalar, Table } from "../../core/model.js";
import { EstimatorAttributes } from "../../estimator/attributes.js";
import type { Estimator, EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../../estimator/estimator.js";
import type { Inputs } from "../../estimator/inputs.js";
import {
  inputsOfAll,
  labelsMethod,
  largestPlaces,
  methodOf,
  numbersMethod,
  type Score,
  scoreOfSecond,
  secondColumn,
} from "../../estimator/meta-estimator.js";
import { areSingle, type Floats, type Numbers, numbersFrom } from "../../estimator/numbers.js";
import { addConfidences, type ConfidenceScale } from "../../estimator/pair-votes.js";
import { NdArray } from "../../numpy/ndarray.js";
import { Instance, type Value } from "../../pickle/values.js";

const paths = ["sklearn.multiclass"];

export const multiclassClasses: readonly EstimatorClass[] = [
  { name: "OneVsRestClassifier", paths, read: readOneVsRest },
  { name: "OneVsOneClassifier", paths, read: readOneVsOne },
  { name: "OutputCodeClassifier", paths, read: readOutputCode },
];

/** A constant model, where training had only one class. */

/** A model of two classes. */
interface TwoClasses {
  readonly score: Score;
  /** Where the label changes: 0 for decision functions, 0.5 for probabilities and constants. */
  readonly threshold: number;
  readonly probability?: (table: Table) => Numbers;
  /** The label, 0 or 1. */
  readonly label?: (table: Table) => ArrayLike<Scalar>;
  readonly hasDecisions: boolean;
}

function readModels(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
): { readonly models: readonly TwoClasses[]; readonly inputs: Inputs } {
  const list = attributes.items("estimators_", "a list of estimators");
  const parts: Estimator[] = [];
  const models = list.map((item): TwoClasses => {
    const constant = constantOf(attributes, item);
    if (constant !== undefined) return constantModel(constant);
    const part = readSubEstimator(item, `one of estimators_ of ${attributes.type}`);
    parts.push(part);
    return modelOf(attributes, part);
  });
  if (parts.length === 0) throw attributes.unsupported("all its estimators are constants");
  return { models, inputs: inputsOfAll(attributes, parts) };
}

function modelOf(attributes: EstimatorAttributes, part: Estimator): TwoClasses {
  const probabilities = part.methods.get("predict_proba");
  const hasDecisions = part.methods.has("decision_function");
  const predict = methodOf(attributes, part, "predict");
  return {
    score: scoreOfSecond(attributes, part),
    threshold: hasDecisions && part.classes ? 0 : 0.5,
    ...(probabilities && {
      probability(table) {
        const numbers = numbersFrom(probabilities, table);
        return { ...numbers, columns: 1, data: secondColumn(attributes, numbers) };
      },
    }),
    label: (table) => predict.run(table).data,
    hasDecisions,
  };
}

function constantModel(constant: number): TwoClasses {
  const fill: Score = (table) => new Float64Array(table.rows).fill(constant);
  return {
    score: fill,
    threshold: 0,
    probability: (table) => ({ rows: table.rows, columns: 1, data: fill(table) }),
    label: fill,
    hasDecisions: true,
  };
}

function constantOf(attributes: EstimatorAttributes, value: Value): number | undefined {
  if (!(value instanceof Instance) || value.global.name !== "_ConstantPredictor") return undefined;
  return new EstimatorAttributes(value, attributes.type).number("y_");
}

function readOneVsRest(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const { models, inputs } = readModels(attributes, readSubEstimator);
  const { classes, severalLabels } = readBinarizer(attributes);
  const width = models.length;
  if (width !== (classes.length === 2 && !severalLabels ? 1 : classes.length)) {
    throw attributes.inconsistent(`${classes.length} classes and ${width} estimators`);
  }
  const scores = (table: Table) => columnsOf(models.map(({ score }) => score(table)));
  const { threshold } = models[0]!;
  const methods = new Map<MethodName, ModelMethod>();
  if (severalLabels) methods.set("predict", indicators(width, scores, threshold));
  else if (width === 1)
    methods.set(
      "predict",
      labelsMethod(classes, (table) => scores(table).map((score) => (score > threshold ? 1 : 0))),
    );
  else
    methods.set(
      "predict",
      labelsMethod(classes, (table) => lastLargest(scores(table), width)),
    );
  if (models.every(({ probability }) => probability))
    methods.set("predict_proba", probabilities(models, severalLabels));
  if (models.every(({ hasDecisions }) => hasDecisions)) {
    methods.set("decision_function", numbersMethod(width === 1 ? undefined : width, scores));
  }
  return {
    inputs,
    parameters: { estimators: models.length },
    ...(!severalLabels && { classes }),
    methods,
  };
}

/** label_binarizer_: the classes, and whether a row has one of them or several. */
function readBinarizer(attributes: EstimatorAttributes): {
  readonly classes: readonly Scalar[];
  readonly severalLabels: boolean;
} {
  const value = attributes.get("label_binarizer_");
  if (!(value instanceof Instance)) throw attributes.expected("a LabelBinarizer", ["label_binarizer_"], value);
  const binarizer = new EstimatorAttributes(value, attributes.type);
  return { classes: binarizer.classes(), severalLabels: binarizer.text("y_type_").startsWith("multilabel") };
}

/** A row of the columns' values for each row. */
function columnsOf(columns: readonly Float64Array[]): Float64Array {
  const width = columns.length;
  if (width === 1) return columns[0]!;
  const out = new Float64Array(columns[0]!.length * width);
  for (const [column, values] of columns.entries()) {
    for (let row = 0; row < values.length; row++) out[row * width + column] = values[row]!;
  }
  return out;
}

/** Several labels: 1 for each that a row has. */
function indicators(width: number, scores: (table: Table) => Float64Array, threshold: number): ModelMethod {
  return {
    output: { kind: "label", columns: width },
    run: (table) => ({ shape: [table.rows, width], data: scores(table).map((score) => (score > threshold ? 1 : 0)) }),
  };
}

/** scikit-learn's own: of equal scores the last one. */
function lastLargest(values: Float64Array, width: number): Int32Array {
  return Int32Array.from({ length: values.length / width }, (_, row) => {
    let best = 0;
    for (let index = 1; index < width; index++)
      if (values[row * width + index]! >= values[row * width + best]!) best = index;
    return best;
  });
}

function probabilities(models: readonly TwoClasses[], severalLabels: boolean): ModelMethod {
  const width = Math.max(2, models.length);
  return numbersMethod(severalLabels ? models.length : width, (table) => {
    const parts = models.map(({ probability }) => probability!(table));
    const columns = parts.map(({ data }) => data);
    if (models.length === 1 && !severalLabels) columns.unshift(columns[0]!.map((second) => 1 - second));
    const all = columnsOf(columns);
    const out = areSingle(parts) ? Float32Array.from(all) : all;
    if (!severalLabels) for (let start = 0; start < out.length; start += width) divideBySum(out, start, width);
    return out;
  });
}

/** Added in order: the array's columns are contiguous in scikit-learn's memory. */
function divideBySum(values: Floats, start: number, width: number): void {
  const round = values instanceof Float32Array ? Math.fround : Number;
  let sum = 0;
  for (let at = start; at < start + width; at++) sum = round(sum + values[at]!);
  if (sum !== 0) for (let at = start; at < start + width; at++) values[at] = values[at]! / sum;
}

function readOneVsOne(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const classes = attributes.classes();
  const { models, inputs } = readModels(attributes, readSubEstimator);
  const width = classes.length;
  const pairs = (width * (width - 1)) / 2;
  if (models.length !== pairs) throw attributes.inconsistent(`${width} classes and ${models.length} estimators`);
  if (attributes.get("pairwise_indices_") !== undefined)
    throw attributes.unsupported("models of kernels between rows are not supported");
  const scaling = attributes.since(0, 21) ? "each" : "all";
  const decide = (table: Table) => {
    const labels = models.map(({ label }) => label!(table));
    const scores = models.map(({ score }) => score(table));
    return pairVotes(labels, scores, table.rows, width, scaling);
  };
  const decideTwo = (table: Table) => {
    const values = decide(table);
    return Float64Array.from({ length: table.rows }, (_, row) => values[2 * row + 1]!);
  };
  const { threshold } = models[0]!;
  // Before 0.19 two classes had a score each.
  const two = width === 2 && attributes.since(0, 19);
  return {
    inputs,
    parameters: { estimators: models.length },
    classes,
    methods: new Map<MethodName, ModelMethod>([
      [
        "predict",
        labelsMethod(classes, (table) =>
          two ? decideTwo(table).map((value) => (value > threshold ? 1 : 0)) : largestPlaces(decide(table), width),
        ),
      ],
      ["decision_function", two ? numbersMethod(undefined, decideTwo) : numbersMethod(width, decide)],
    ]),
  };
}

/** sklearn.utils.multiclass._ovr_decision_function: votes, plus less than a vote from the sum of the scores. */
function pairVotes(
  labels: readonly ArrayLike<Scalar>[],
  scores: readonly Float64Array[],
  rows: number,
  width: number,
  scaling: ConfidenceScale,
): Float64Array {
  const out = new Float64Array(rows * width);
  const sums = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const at = row * width;
    let pair = 0;
    for (let i = 0; i < width; i++) {
      for (let j = i + 1; j < width; j++) {
        const score = scores[pair]![row]!;
        sums[at + i]! -= score;
        sums[at + j]! += score;
        // A regressor's prediction is seldom 0 or 1, and then no vote.
        const label = Number(labels[pair++]![row]);
        if (label === 0 || label === 1) out[at + (label === 0 ? i : j)]! += 1;
      }
    }
  }
  addConfidences(out, sums, scaling);
  return out;
}

/** The class whose row of the code book is nearest to the estimators' scores. */
function readOutputCode(attributes: EstimatorAttributes, readSubEstimator: ReadSubEstimator): EstimatorDefinition {
  const classes = attributes.classes();
  const { models, inputs } = readModels(attributes, readSubEstimator);
  const book = attributes.get("code_book_");
  const bits = models.length;
  if (!(book instanceof NdArray) || book.shape[0] !== classes.length || book.shape[1] !== bits) {
    throw attributes.expected(`codes of ${bits} for ${classes.length} classes`, ["code_book_"], book);
  }
  const codes = book.toNumbers();
  const nearest = (table: Table) => {
    const scores = columnsOf(models.map(({ score }) => score(table)));
    return largestPlaces(closeness(scores, codes, bits), classes.length);
  };
  return {
    inputs,
    parameters: { estimators: models.length },
    classes,
    methods: new Map([["predict", labelsMethod(classes, nearest)]]),
  };
}

/** Minus the squared distance of each row to each code, but for the row's own square, which is the same for all. */
function closeness(scores: Float64Array, codes: Float64Array, bits: number): Float64Array {
  const classes = codes.length / bits;
  const out = new Float64Array((scores.length / bits) * classes);
  for (let at = 0; at < out.length; at++) {
    const row = Math.floor(at / classes) * bits;
    const code = (at % classes) * bits;
    let product = 0;
    let square = 0;
    for (let bit = 0; bit < bits; bit++) {
      product += scores[row + bit]! * codes[code + bit]!;
      square += codes[code + bit]! * codes[code + bit]!;
    }
    out[at] = 2 * product - square;
  }
  return out;
}
