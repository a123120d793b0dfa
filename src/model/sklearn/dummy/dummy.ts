// DummyClassifier and DummyRegressor: predictions that do not depend on the row.

import type { ModelMethod } from "../../core/create-model.js";
import { argmax, logarithmOf } from "../../core/methods.js";
import type { MethodName, Scalar } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { EstimatorClass, EstimatorDefinition } from "../../estimator/estimator.js";
import { numberInputs } from "../../estimator/inputs.js";
import { labelsOfLargest, probabilitiesOf, type Scores } from "../../estimator/several-labels.js";
import { NdArray } from "../../numpy/ndarray.js";

const paths = ["sklearn.dummy"];

export const dummyClasses: readonly EstimatorClass[] = [
  { name: "DummyClassifier", paths, read: readClassifier },
  { name: "DummyRegressor", paths, read: readRegressor },
];

function readClassifier(attributes: EstimatorAttributes): EstimatorDefinition {
  const strategy = attributes.text("_strategy", "strategy");
  const lists = attributes.classLists();
  if (lists.length === 0 || lists.some(({ length }) => length === 0))
    throw attributes.inconsistent("it has no classes");
  const width = lists.reduce((most, { length }) => Math.max(most, length), 0);
  const row = new Float64Array(lists.length * width);
  for (const [output, classes] of lists.entries()) {
    row.set(probabilitiesOfStrategy(attributes, strategy, classes, output), output * width);
  }
  const scores: Scores = ({ rows }) => ({ rows, data: repeated(row, rows) });
  const probabilities = probabilitiesOf(lists, width, scores);
  const methods = new Map<MethodName, ModelMethod>([
    ["predict_proba", probabilities],
    ["predict_log_proba", logarithmOf(probabilities)],
  ]);
  // Of "uniform" the probabilities are certain, and the labels are drawn.
  if (strategy === "uniform") return dummy(attributes, methods, lists);
  return dummy(attributes, new Map([["predict", labelsOfLargest(lists, width, scores)], ...methods]), lists);
}

function probabilitiesOfStrategy(
  attributes: EstimatorAttributes,
  strategy: string,
  classes: readonly Scalar[],
  output: number,
): ArrayLike<number> {
  const probabilities = new Float64Array(classes.length);
  switch (strategy) {
    case "uniform":
      return probabilities.fill(1 / classes.length);
    case "prior":
      return priorsOf(attributes, classes.length, output);
    case "most_frequent":
      probabilities[argmax(priorsOf(attributes, classes.length, output), 0, classes.length)] = 1;
      return probabilities;
    case "constant": {
      const constant = constantOf(attributes, output);
      const label = classes.findIndex((name) => name === constant || Number(name) === constant);
      if (label < 0) throw attributes.inconsistent("its constant is not one of its classes");
      probabilities[label] = 1;
      return probabilities;
    }
    default:
      throw attributes.unsupported(
        `the strategy "${strategy}" predicts at random`,
        'Fit it with strategy="prior", "most_frequent" or "constant".',
      );
  }
}

/** class_prior_ is one list, or one for each output. */
function priorsOf(attributes: EstimatorAttributes, classes: number, output: number): Float64Array {
  const value = attributes.get("class_prior_");
  const array = Array.isArray(value) ? value[output] : value;
  const priors =
    array instanceof NdArray ? array.toNumbers() : Array.isArray(value) ? Float64Array.from(value, Number) : undefined;
  if (priors?.length !== classes) throw attributes.inconsistent(`class_prior_ does not hold ${classes} numbers`);
  return priors;
}

function constantOf(attributes: EstimatorAttributes, output: number): Scalar | undefined {
  const value = attributes.get("constant");
  if (value instanceof NdArray) return value.toScalars()[output];
  const constant = Array.isArray(value) ? value[output] : value;
  return typeof constant === "object" ? undefined : constant;
}

function readRegressor(attributes: EstimatorAttributes): EstimatorDefinition {
  const constant = attributes.numbers(["constant_"]);
  if (constant.length === 0) throw attributes.inconsistent("constant_ is empty");
  // Up to 0.21 a column of targets was predicted as a column.
  const flat = constant.length === 1 && !attributes.flag("output_2d_", "outputs_2d_");
  const predict: ModelMethod = {
    output: flat ? { kind: "number" } : { kind: "number", columns: constant.length },
    run: ({ rows }) => ({ shape: flat ? [rows] : [rows, constant.length], data: repeated(constant, rows) }),
  };
  const deviation: ModelMethod = {
    ...predict,
    run: (table) => ({ ...predict.run(table), data: zerosFor(table.rows) }),
  };
  return dummy(
    attributes,
    new Map([
      ["predict", predict],
      ["predict_std", deviation],
    ]),
  );

  /** A constant has no deviation. */
  function zerosFor(rows: number): Float64Array {
    return new Float64Array(rows * constant.length);
  }
}

function dummy(
  attributes: EstimatorAttributes,
  methods: ReadonlyMap<MethodName, ModelMethod>,
  lists?: readonly (readonly Scalar[])[],
): EstimatorDefinition {
  // Recorded from 0.24 on.
  const columns = attributes.get("n_features_in_");
  return {
    inputs: numberInputs(attributes, typeof columns === "number" ? columns : 0, true),
    ...(lists?.length === 1 && { classes: lists[0]! }),
    methods,
    parameters: attributes.parameters("strategy", "quantile"),
  };
}

function repeated(row: Float64Array, rows: number): Float64Array {
  const out = new Float64Array(rows * row.length);
  for (let at = 0; at < out.length; at += row.length) out.set(row, at);
  return out;
}
