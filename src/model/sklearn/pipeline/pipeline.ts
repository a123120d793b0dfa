import { withOuterColumns } from "../../core/cell-error.js";
import type { ModelMethod } from "../../core/create-model.js";
import type { ColumnCount, Feature, MethodName, Table } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { accepts, columnsAfter } from "../../estimator/column-counts.js";
import {
  type Estimator,
  type EstimatorClass,
  type EstimatorDefinition,
  keepsAnyMissing,
  keepsMissingIn,
  type ReadSubEstimator,
} from "../../estimator/estimator.js";
import type { Inputs } from "../../estimator/inputs.js";
import { tableFrom } from "../../estimator/tables.js";
import {
  featuresThrough,
  outerColumn,
  type UnchangedColumns,
  unchangedAfter,
} from "../../estimator/unchanged-columns.js";
import { Tuple, type Value } from "../../pickle/values.js";

export const pipelineClass: EstimatorClass = {
  name: "Pipeline",
  paths: ["sklearn.pipeline"],
  read: (attributes, readSubEstimator) => readPipeline(attributes, readSubEstimator),
};

/** Steps of one pipeline. */
const stepsMax = 1_000;

/**
 * Every step but the last transforms; the pipeline returns the result of its last step.
 * @param isTrainingStep whether a step does nothing but change the training rows, such as a sampler of imbalanced-learn
 */
export function readPipeline(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
  isTrainingStep: (part: Value) => boolean = () => false,
): EstimatorDefinition {
  const steps = readSteps(attributes, readSubEstimator, isTrainingStep);
  const last = steps.at(-1)!.estimator;
  const transformers = steps.slice(0, -1).map(({ name, estimator }) => {
    const transform = estimator.methods.get("transform");
    if (!transform) throw attributes.inconsistent(`the step "${name}", a ${estimator.type}, does not transform`);
    return transform;
  });
  const width = checkWidths(attributes, steps);

  const unchanged = steps.map(({ estimator }) => estimator.unchanged);
  /** Runs the last step on the transformed table. An error about one of its values states the column of the request. */
  function afterSteps<T>(table: Table, run: (last: Table) => T): T {
    let passed: UnchangedColumns = "all";
    let before = table;
    for (const [index, transformer] of transformers.entries()) {
      const [input, columns] = [before, passed];
      before = withOuterColumns(
        (column) => outerColumn(columns, column),
        () => tableFrom(transformer, input),
      );
      passed = unchangedAfter(passed, unchanged[index]);
    }
    const [last, columns] = [before, passed];
    return withOuterColumns(
      (column) => outerColumn(columns, column),
      () => run(last),
    );
  }

  const methods = new Map<MethodName, ModelMethod>();
  for (const [name, method] of last.methods) {
    methods.set(name, {
      output: method.output.columns === "any" ? { ...method.output, columns: width } : method.output,
      run: (table) => afterSteps(table, (last) => method.run(last)),
      table: (table) => afterSteps(table, (last) => tableFrom(method, last)),
    });
  }
  return {
    inputs: inputsOf(steps.map(({ estimator }) => estimator)),
    keepsMissing:
      steps.slice(1).every(({ estimator }) => keepsAnyMissing(estimator)) && steps[0]!.estimator.keepsMissing,
    unchanged: unchanged.reduce((first, second) => unchangedAfter(first, second)),
    ...(last.classes && { classes: last.classes }),
    ...(last.version !== undefined && { version: last.version }),
    methods,
    parameters: {
      steps: steps.map(({ estimator }) => estimator.type.split(".").at(-1)).join(" -> "),
      ...last.parameters,
    },
  };
}

interface Step {
  readonly name: string;
  readonly estimator: Estimator;
}

function readSteps(
  attributes: EstimatorAttributes,
  readSubEstimator: ReadSubEstimator,
  isTrainingStep: (part: Value) => boolean,
): readonly Step[] {
  const value = attributes.get("steps");
  if (!Array.isArray(value) || value.length > stepsMax) throw attributes.expected("a list of steps", ["steps"], value);
  const steps: Step[] = [];
  for (const item of value) {
    const [name, part] = item instanceof Tuple ? item.items : [];
    if (typeof name !== "string" || part === undefined)
      throw attributes.inconsistent("a step is not a name and an estimator");
    if (isTrainingStep(part)) {
      if (item === value.at(-1)) throw attributes.unsupported("its last step is a sampler, which does not predict");
      continue;
    }
    if (!isPassthrough(part))
      steps.push({ name, estimator: readSubEstimator(part, `the step "${name}" of a Pipeline`) });
  }
  if (steps.length === 0) throw attributes.inconsistent("it has no steps");
  return steps;
}

function isPassthrough(part: Value): boolean {
  return part === null || part === "passthrough";
}

/** Checks that each step accepts the columns of the one before it. @returns how many columns the last one gets */
function checkWidths(attributes: EstimatorAttributes, steps: readonly Step[]): ColumnCount {
  let width = steps[0]!.estimator.inputs.count;
  for (const [index, { estimator }] of steps.entries()) {
    if (index > 0) width = columnsAfter(steps[index - 1]!.estimator, width);
    if (!accepts(estimator, width)) {
      const { type } = steps[index - 1]!.estimator;
      throw attributes.inconsistent(
        `a ${type} returns ${width} columns, but the next step, a ${estimator.type}, expects ${estimator.inputs.count}`,
      );
    }
    if (width === "any") width = estimator.inputs.count;
  }
  return width;
}

/** The first step's columns. A missing value is accepted where every step that it reaches accepts it. */
function inputsOf(steps: readonly Estimator[]): Inputs {
  const [first, ...rest] = steps as [Estimator, ...Estimator[]];
  // A step that passes any number of columns leaves it to the next one.
  if (columnsAfter(first, "any") === "any" && first.inputs.count === "any" && rest.length > 0) return inputsOf(rest);
  const { inputs } = first;
  const reached = rest.filter((_, index) => rest.slice(0, index).every(keepsAnyMissing));
  const categories = rest[0]?.inputs;
  const taken = reached.every((step) => step.inputs.missing);
  return {
    ...inputs,
    missing: inputs.missing && (taken || !keepsAnyMissing(first)),
    features() {
      const known = inputs.count === categories?.count ? categories : undefined;
      const features = featuresThrough(inputs.features(), first.unchanged, () =>
        rest.length > 0 ? inputsOf(rest).features() : [],
      );
      return withCategories(features, known).map((feature, column) => {
        const passes = keepsMissingIn(first, column);
        return feature.missing && passes && !taken ? { ...feature, missing: false } : feature;
      });
    },
  };
}

/** An imputer of strings does not record their categories; the encoder after it does. */
function withCategories(features: readonly Feature[], next: Inputs | undefined): readonly Feature[] {
  if (!next || !features.some(({ kind, categories }) => kind === "category" && !categories)) return features;
  const known = next.features();
  return features.map((feature, column) => {
    const categories = known[column]?.categories;
    return feature.kind === "category" && !feature.categories && categories ? { ...feature, categories } : feature;
  });
}
