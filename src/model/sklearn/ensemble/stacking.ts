// StackingClassifier and StackingRegressor: a final estimator on the results of the others.

import type { ModelMethod } from "../../core/create-model.js";
import type { MethodName, Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import type { Estimator, EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../../estimator/estimator.js";
import { inputsOfAll, methodOf, numberedPlace, readSubEstimators } from "../../estimator/meta-estimator.js";
import { type Numbers, toNumbers } from "../../estimator/numbers.js";
import { sideBySide, transformTo } from "../../estimator/tables.js";

const paths = ["sklearn.ensemble._stacking"];

export const stackingClasses: readonly EstimatorClass[] = [
  {
    name: "StackingClassifier",
    paths,
    read: (attributes, readSubEstimator) => readStacking(attributes, readSubEstimator, true),
  },
  {
    name: "StackingRegressor",
    paths,
    read: (attributes, readSubEstimator) => readStacking(attributes, readSubEstimator, false),
  },
];

const stackMethods: readonly MethodName[] = ["predict_proba", "decision_function", "predict"];

function readStacking(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
  classifier: boolean,
): EstimatorDefinition {
  const parts = readSubEstimators(attributes, readSubEstimator);
  const classes = classifier ? attributes.classes() : undefined;
  const stacked = readStacked(attributes, parts, classes?.length);
  const final = readSubEstimator(attributes.get("final_estimator_"), `the final estimator of ${attributes.type}`);
  const passthrough = attributes.flag("passthrough");
  const inputs = inputsOfAll(attributes, parts);
  const transform = (table: Table): Table => {
    const tables = stacked.map((toTable) => toTable(table));
    return sideBySide(passthrough ? [...tables, table] : tables, table.rows, passthrough && table.kind === "sparse");
  };
  const methods = new Map<MethodName, ModelMethod>();
  for (const name of ["predict", "predict_proba", "decision_function"] as const) {
    const method = final.methods.get(name);
    if (!method) continue;
    methods.set(name, { output: method.output, run: (table) => method.run(transform(table)) });
  }
  if (classes) methods.set("predict", labels(attributes, methodOf(attributes, final, "predict"), transform));
  return {
    inputs,
    ...(classes && { classes }),
    methods: methods.set("transform", transformTo(final.inputs.count, transform)),
    parameters: {
      estimators: parts.map(({ type }) => type.split(".").at(-1)).join(", "),
      final_estimator: final.type.split(".").at(-1)!,
      passthrough,
    },
  };
}

/** The final estimator was fitted on the numbers of the classes. */
function labels(
  attributes: EstimatorAttributes,
  predict: ModelMethod,
  transform: (table: Table) => Table,
): ModelMethod {
  const classes = attributes.classes();
  return {
    output: { kind: "label" },
    run(table) {
      const { shape, data } = predict.run(transform(table));
      return { shape, data: Array.from(data, (label) => classes[numberedPlace(attributes, label, classes.length)]!) };
    },
  };
}

/**
 * What each estimator passes to the final one. With two classes, only the second one's probability: the first is
 * redundant.
 */
function readStacked(
  attributes: EstimatorAttributes,
  parts: readonly Estimator[],
  classes: number | undefined,
): readonly ((table: Table) => Table)[] {
  const names = attributes.items("stack_method_", "the estimators' methods");
  if (names.length !== parts.length)
    throw attributes.inconsistent(`${parts.length} estimators have ${names.length} methods`);
  return parts.map((part, index) => {
    const name = stackMethods.find((known) => known === names[index]);
    if (!name) throw attributes.inconsistent("stack_method_ is not a method of its estimators");
    const method = methodOf(attributes, part, name);
    const skip = name === "predict_proba" && classes === 2 ? 1 : 0;
    return (table) => {
      const output = method.run(table);
      // Several labels: for each, the probabilities but the first class's.
      if (output.parts)
        return sideBySide(
          output.parts.map((one) => without(toNumbers(one), 1)),
          table.rows,
          false,
        );
      return without(toNumbers(output), skip);
    };
  });
}

/** The columns from `skip` on. */
function without(numbers: Numbers, skip: number): Table {
  if (skip === 0) return { kind: "matrix", ...numbers };
  const { rows, columns, data } = numbers;
  const width = columns - skip;
  const out = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) out.set(data.subarray(row * columns + skip, (row + 1) * columns), row * width);
  return { kind: "matrix", ...numbers, columns: width, data: out };
}
