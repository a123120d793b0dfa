// MultiOutputClassifier and MultiOutputRegressor: an estimator for each of several outputs. ClassifierChain and
// RegressorChain: each estimator also gets the outputs of those before it.

import type { ModelMethod } from "../../core/create-model.js";
import { logarithmOf } from "../../core/methods.js";
import type { MethodName, Scalar, Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { accepts, columnCountOf, valuesPerRow } from "../../estimator/column-counts.js";
import type { Estimator, EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../../estimator/estimator.js";
import { withNamesOf } from "../../estimator/inputs.js";
import {
  inputsOfAll,
  methodOf,
  numbersMethod,
  oneColumn,
  readSubEstimators,
  secondColumn,
} from "../../estimator/meta-estimator.js";
import { numbersFrom } from "../../estimator/numbers.js";
import { sideBySide } from "../../estimator/tables.js";
import { NdArray } from "../../numpy/ndarray.js";

const paths = ["sklearn.multioutput"];

export const multiOutputClasses: readonly EstimatorClass[] = [
  {
    name: "MultiOutputClassifier",
    paths,
    read: (attributes, readSubEstimator) => readMultiOutput(attributes, readSubEstimator, true),
  },
  {
    name: "MultiOutputRegressor",
    paths,
    read: (attributes, readSubEstimator) => readMultiOutput(attributes, readSubEstimator, false),
  },
  {
    name: "ClassifierChain",
    paths,
    read: (attributes, readSubEstimator) => readChain(attributes, readSubEstimator, true),
  },
  {
    name: "RegressorChain",
    paths,
    read: (attributes, readSubEstimator) => readChain(attributes, readSubEstimator, false),
  },
];

function readMultiOutput(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
  classifier: boolean,
): EstimatorDefinition {
  const parts = readSubEstimators(attributes, readSubEstimator);
  const predicts = parts.map((part) => methodOf(attributes, part, "predict"));
  const width = parts.length;
  const methods = new Map<MethodName, ModelMethod>([
    [
      "predict",
      {
        output: { kind: classifier ? "label" : "number", columns: width },
        run(table) {
          const data = new Array<Scalar>(table.rows * width);
          for (const [index, predict] of predicts.entries()) {
            const result = predict.run(table);
            if (result.data.length !== table.rows)
              throw attributes.inconsistent("an inner estimator returns more than one value");
            for (let row = 0; row < table.rows; row++) data[row * width + index] = result.data[row]!;
          }
          return { shape: [table.rows, width], data: classifier ? data : Float64Array.from(data, Number) };
        },
      },
    ],
  ]);
  const probabilities = parts.map((part) => part.methods.get("predict_proba"));
  if (classifier && probabilities.every((method) => method !== undefined)) {
    methods.set("predict_proba", {
      output: {
        kind: "number",
        columns: probabilities.reduce((sum, method) => sum + (valuesPerRow(attributes, method) ?? 1), 0),
      },
      run: (table) => ({ shape: [width], data: [], parts: probabilities.map((method) => method.run(table)) }),
    });
  }
  return { inputs: inputsOfAll(attributes, parts), methods, parameters: parametersOf(parts) };
}

function parametersOf(parts: readonly Estimator[]): EstimatorDefinition["parameters"] {
  return { outputs: parts.length, estimator: parts[0]!.type };
}

function readChain(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
  classifier: boolean,
): EstimatorDefinition {
  const parts = readSubEstimators(attributes, readSubEstimator);
  const { inputs } = parts[0]!;
  const count = columnCountOf(attributes, inputs);
  for (const [index, part] of parts.entries()) {
    if (!accepts(part, count + index)) {
      throw attributes.inconsistent(`estimator ${index} expects ${part.inputs.count} columns, got ${count + index}`);
    }
  }
  const order = readOrder(attributes, parts.length);
  const handedOn = classifier ? chainMethod(attributes) : "predict";
  const methodNamed = (name: MethodName): ModelMethod => {
    const columns = parts.map((part) => columnOf(attributes, part, name));
    const given = parts.map((part) => columnOf(attributes, part, handedOn));
    return numbersMethod(parts.length, (table) => runChain(table, columns, given, order));
  };
  const methods = new Map<MethodName, ModelMethod>([["predict", methodNamed("predict")]]);
  if (classifier && parts.every((part) => part.methods.has("predict_proba"))) {
    const probabilities = methodNamed("predict_proba");
    methods.set("predict_proba", probabilities);
    if (attributes.since(1, 3)) methods.set("predict_log_proba", logarithmOf(probabilities));
  }
  if (classifier && parts.every((part) => part.methods.has("decision_function"))) {
    methods.set("decision_function", methodNamed("decision_function"));
  }
  return { inputs: withNamesOf(attributes, inputs), methods, parameters: parametersOf(parts) };
}

type Column = (table: Table) => Float64Array;

/** One number a row: of probabilities the second class's. */
function columnOf(attributes: EstimatorAttributes, part: Estimator, name: MethodName): Column {
  const method = methodOf(attributes, part, name);
  if (name === "predict_proba") return (table) => secondColumn(attributes, numbersFrom(method, table));
  return (table) => oneColumn(attributes, numbersFrom(method, table));
}

function runChain(table: Table, columns: readonly Column[], given: readonly Column[], order: Int32Array): Float64Array {
  const width = columns.length;
  const out = new Float64Array(table.rows * width);
  let wider = table;
  for (const [index, column] of columns.entries()) {
    const values = column(wider);
    for (let row = 0; row < table.rows; row++) out[row * width + order[index]!] = values[row]!;
    if (index + 1 === width) break;
    const data = given[index] === column ? values : given[index]!(wider);
    wider = sideBySide(
      [wider, { kind: "matrix", rows: table.rows, columns: 1, data }],
      table.rows,
      table.kind === "sparse",
    );
  }
  return out;
}

/** Which output each estimator of the chain predicts: a permutation. */
function readOrder(attributes: EstimatorAttributes, count: number): Int32Array {
  const value = attributes.get("order_");
  const numbers =
    value instanceof NdArray ? value.toNumbers() : Array.isArray(value) ? Float64Array.from(value, Number) : undefined;
  const order = Int32Array.from(numbers ?? []);
  const sorted = order.slice().sort();
  if (order.length !== count || sorted.some((item, index) => item !== index)) {
    throw attributes.expected(`an order of ${count} outputs`, ["order_"], value);
  }
  return order;
}

/** chain_method (1.5 and later): which result is passed on, by default the label. */
function chainMethod(attributes: EstimatorAttributes): MethodName {
  const name = attributes.get("chain_method_") ?? "predict";
  const names: readonly MethodName[] = ["predict", "predict_proba", "predict_log_proba", "decision_function"];
  const known = names.find((one) => one === name);
  if (!known) throw attributes.inconsistent("chain_method_ is not a method");
  return known;
}
