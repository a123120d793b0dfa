// MultiOutputClassifier and MultiOutputRegressor: an estimator for each of several answers. ClassifierChain and RegressorChain: each is also given the
// answers of those before it.

import type { ModelMethod } from "../../core/create-model.js";
import { logarithmOf } from "../../core/methods.js";
import type { MethodName, Scalar, Table } from "../../core/model.js";
import type { State } from "../../estimator/attributes.js";
import type { Estimator, EstimatorClass, ReadPart } from "../../estimator/estimator.js";
import { withNamesOf } from "../../estimator/inputs.js";
import {
  inputsOfAll,
  methodOf,
  numbersFrom,
  numbersMethod,
  oneColumn,
  readParts,
  secondColumn,
} from "../../estimator/meta-estimator.js";
import { sideBySide } from "../../estimator/tables.js";
import { NdArray } from "../../numpy/ndarray.js";

const module = "sklearn.multioutput";

export const multiOutputClasses: readonly EstimatorClass[] = [
  {
    name: "MultiOutputClassifier",
    module,
    paths: [module],
    read: (state, readPart) => readMultiOutput(state, readPart, true),
  },
  {
    name: "MultiOutputRegressor",
    module,
    paths: [module],
    read: (state, readPart) => readMultiOutput(state, readPart, false),
  },
  { name: "ClassifierChain", module, paths: [module], read: (state, readPart) => readChain(state, readPart, true) },
  { name: "RegressorChain", module, paths: [module], read: (state, readPart) => readChain(state, readPart, false) },
];

function readMultiOutput(state: State, readPart: ReadPart, classifier: boolean): Estimator {
  const parts = readParts(state, readPart);
  const predicts = parts.map((part) => methodOf(state, part, "predict"));
  const width = parts.length;
  const methods = new Map<MethodName, ModelMethod>([
    [
      "predict",
      {
        answers: { kind: classifier ? "label" : "number", columns: width },
        run(table) {
          const data = new Array<Scalar>(table.rows * width);
          for (const [index, predict] of predicts.entries()) {
            const answer = predict.run(table);
            if (answer.data.length !== table.rows)
              throw state.inconsistent("an estimator within it answers more than one value");
            for (let row = 0; row < table.rows; row++) data[row * width + index] = answer.data[row]!;
          }
          return { shape: [table.rows, width], data: classifier ? data : Float64Array.from(data, Number) };
        },
      },
    ],
  ]);
  const probabilities = parts.map((part) => part.methods.get("predict_proba"));
  if (classifier && probabilities.every((method) => method !== undefined)) {
    methods.set("predict_proba", {
      answers: { kind: "number", columns: probabilities.reduce((sum, { answers }) => sum + (answers.columns ?? 1), 0) },
      run: (table) => ({ shape: [width], data: [], parts: probabilities.map((method) => method.run(table)) }),
    });
  }
  return { ...common(state, parts), inputs: inputsOfAll(state, parts), methods };
}

function common(state: State, parts: readonly Estimator[]) {
  const parameters = { outputs: parts.length, estimator: parts[0]!.type };
  return { type: state.type, version: state.version, keepsMissing: false, parameters };
}

function readChain(state: State, readPart: ReadPart, classifier: boolean): Estimator {
  const parts = readParts(state, readPart);
  const { inputs } = parts[0]!;
  for (const [index, part] of parts.entries()) {
    if (part.inputs.count !== inputs.count + index) {
      throw state.inconsistent(
        `estimator ${index} takes ${part.inputs.count} columns, and is given ${inputs.count + index}`,
      );
    }
  }
  const order = readOrder(state, parts.length);
  const handedOn = classifier ? chainMethod(state) : "predict";
  const answer = (name: MethodName): ModelMethod => {
    const columns = parts.map((part) => columnOf(state, part, name));
    const given = parts.map((part) => columnOf(state, part, handedOn));
    return numbersMethod(parts.length, (table) => runChain(table, columns, given, order));
  };
  const methods = new Map<MethodName, ModelMethod>([["predict", answer("predict")]]);
  if (classifier && parts.every((part) => part.methods.has("predict_proba"))) {
    const probabilities = answer("predict_proba");
    methods.set("predict_proba", probabilities);
    if (state.since(1, 3)) methods.set("predict_log_proba", logarithmOf(probabilities));
  }
  if (classifier && parts.every((part) => part.methods.has("decision_function"))) {
    methods.set("decision_function", answer("decision_function"));
  }
  return { ...common(state, parts), inputs: withNamesOf(state, inputs), methods };
}

type Column = (table: Table) => Float64Array;

/** One number a row: of probabilities the second class's. */
function columnOf(state: State, part: Estimator, name: MethodName): Column {
  const method = methodOf(state, part, name);
  if (name === "predict_proba") return (table) => secondColumn(state, numbersFrom(method, table));
  return (table) => oneColumn(state, numbersFrom(method, table));
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

/** Which answer each estimator of the chain gives: a permutation. */
function readOrder(state: State, count: number): Int32Array {
  const value = state.get("order_");
  const numbers =
    value instanceof NdArray ? value.toNumbers() : Array.isArray(value) ? Float64Array.from(value, Number) : undefined;
  const order = Int32Array.from(numbers ?? []);
  const sorted = order.slice().sort();
  if (order.length !== count || sorted.some((item, index) => item !== index)) {
    throw state.expected(`an order of ${count} answers`, ["order_"], value);
  }
  return order;
}

/** chain_method (1.5 and later): what is handed on, by default the label. */
function chainMethod(state: State): MethodName {
  const name = state.get("chain_method_") ?? "predict";
  const names: readonly MethodName[] = ["predict", "predict_proba", "predict_log_proba", "decision_function"];
  const known = names.find((one) => one === name);
  if (!known) throw state.inconsistent("chain_method_ is no method");
  return known;
}
