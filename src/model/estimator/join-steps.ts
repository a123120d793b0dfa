// Estimators that are one: each transforms the table for the next.

import { withOuterColumns } from "../core/cell-error.js";
import type { ModelMethod } from "../core/create-model.js";
import type { ColumnCount, Feature, MethodName, Table } from "../core/model.js";
import { columnsAfter, knownInputs } from "./column-counts.js";
import { type Estimator, type EstimatorDefinition, keepsAnyMissing, keepsMissingIn } from "./estimator.js";
import type { Inputs } from "./inputs.js";
import { tableFrom } from "./tables.js";
import { featuresThrough, outerColumn, type UnchangedColumns, unchangedAfter } from "./unchanged-columns.js";

/** One step or more. Every step but the last has the method `transform`. */
type Steps = readonly [Estimator, ...Estimator[]];

/**
 * The estimator that runs all steps and has the methods of the last one. The caller has checked that the widths of the
 * steps fit (`columnsAfter`, `accepts`).
 * @param lastMethods the methods of the last step that the whole has; default: all
 */
export function joinSteps(
  steps: Steps,
  lastMethods: ReadonlyMap<MethodName, ModelMethod> = (steps.at(-1) ?? steps[0]).methods,
): EstimatorDefinition {
  const last = steps.at(-1) ?? steps[0];
  const unchanged = steps.map((step) => step.unchanged);
  const afterSteps = transformation(steps.slice(0, -1));
  const width = lastWidth(steps);
  const methods = new Map<MethodName, ModelMethod>();
  for (const [name, method] of lastMethods) {
    methods.set(name, {
      output: method.output.columns === "any" ? { ...method.output, columns: width } : method.output,
      run: (table) => afterSteps(table, (last) => method.run(last)),
      table: (table) => afterSteps(table, (last) => tableFrom(method, last)),
    });
  }
  return {
    inputs: inputsOf(steps),
    keepsMissing: steps.slice(1).every(keepsAnyMissing) && steps[0].keepsMissing,
    unchanged: unchanged.reduce((first, second) => unchangedAfter(first, second)),
    ...(last.classes && { classes: last.classes }),
    ...(last.version !== undefined && { version: last.version }),
    methods,
    parameters: {
      steps: steps.map(({ type }) => type.split(".").at(-1)).join(" -> "),
      ...last.parameters,
    },
  };
}

/**
 * Runs `run` on the transformed table. An error about one of its values states the column of the first step's table.
 */
export function transformation(
  transformers: readonly Estimator[],
): <T>(table: Table, run: (transformed: Table) => T) => T {
  const transforms = transformers.map(({ methods, type }) => {
    const transform = methods.get("transform");
    if (!transform) throw new Error(`${type} has no transform`);
    return transform;
  });
  return (table, run) => {
    let passed: UnchangedColumns = "all";
    let before = table;
    for (const [index, transform] of transforms.entries()) {
      const [input, columns] = [before, passed];
      before = withOuterColumns(
        (column) => outerColumn(columns, column),
        () => tableFrom(transform, input),
      );
      passed = unchangedAfter(passed, transformers[index]?.unchanged);
    }
    const [last, columns] = [before, passed];
    return withOuterColumns(
      (column) => outerColumn(columns, column),
      () => run(last),
    );
  };
}

/** How many columns the last step gets. */
function lastWidth(steps: Steps): ColumnCount {
  let width = steps[0].inputs.count;
  for (const [index, { inputs }] of steps.entries()) {
    const before = steps[index - 1];
    if (before) width = columnsAfter(before, width);
    if (width === "any") width = inputs.count;
  }
  return width;
}

/** The first step's columns. A missing value is accepted where every step that it reaches accepts it. */
export function inputsOf([first, ...rest]: Steps): Inputs {
  const [second, ...others] = rest;
  const next = second ? inputsOf([second, ...others]) : undefined;
  // A step that passes any number of columns leaves it to the next one.
  if (columnsAfter(first, "any") === "any" && first.inputs.count === "any" && next) {
    const { addedColumns = 0 } = first;
    return addedColumns === 0 || next.count === "any" ? next : columnsBefore(first, next.count - addedColumns);
  }
  const { inputs } = first;
  const reached = rest.filter((_, index) => rest.slice(0, index).every(keepsAnyMissing));
  const categories = second?.inputs;
  const taken = reached.every((step) => step.inputs.missing);
  return {
    ...inputs,
    missing: inputs.missing && (taken || !keepsAnyMissing(first)),
    features() {
      const known = inputs.count === categories?.count ? categories : undefined;
      const features = featuresThrough(inputs.features(), first.unchanged, () => next?.features() ?? []);
      return withCategories(features, known).map((feature, column) => {
        const passes = keepsMissingIn(first, column);
        return feature.missing && passes && !taken ? { ...feature, missing: false } : feature;
      });
    },
  };
}

function columnsBefore({ inputs: { missing } }: Estimator, count: number): Inputs {
  const { named, features } = knownInputs(undefined, count);
  return { count, named, missing, features: () => features().map((feature) => ({ ...feature, missing })) };
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
