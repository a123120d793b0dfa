import type { ModelMethod } from "../create-model.js";
import type { Feature, MethodName, Table } from "../model.js";
import { Tuple, type Value } from "../pickle/values.js";
import type { Estimator, EstimatorClass, ReadPart } from "./estimator.js";
import type { Inputs } from "./inputs.js";
import type { State } from "./state.js";
import { tableFrom } from "./tables.js";

export const pipelineClass: EstimatorClass = {
  name: "Pipeline",
  module: "sklearn.pipeline",
  paths: ["sklearn.pipeline"],
  read: readPipeline,
};

/** Steps of one pipeline. */
const stepsMax = 1_000;

/** Every step but the last transforms; the pipeline answers what its last step answers. */
function readPipeline(state: State, readPart: ReadPart): Estimator {
  const steps = readSteps(state, readPart);
  const last = steps.at(-1)!.estimator;
  const transformers = steps.slice(0, -1).map(({ name, estimator }) => {
    const transform = estimator.methods.get("transform");
    if (!transform) throw state.inconsistent(`the step "${name}", a ${estimator.type}, does not transform`);
    return transform;
  });
  for (let index = 1; index < steps.length; index++)
    checkWidth(state, steps[index - 1]!.estimator, steps[index]!.estimator);

  const methods = new Map<MethodName, ModelMethod>();
  for (const [name, method] of last.methods) {
    methods.set(name, {
      answers: method.answers,
      run: (table) => method.run(transformed(table, transformers)),
      table: (table) => tableFrom(method, transformed(table, transformers)),
    });
  }
  return {
    type: state.type,
    version: state.version,
    inputs: inputsOf(steps.map(({ estimator }) => estimator)),
    keepsMissing: steps.every(({ estimator }) => estimator.keepsMissing),
    ...keptColumns(steps.map(({ estimator }) => estimator)),
    ...(last.classes && { classes: last.classes }),
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

function readSteps(state: State, readPart: ReadPart): readonly Step[] {
  const value = state.get("steps");
  if (!Array.isArray(value) || value.length > stepsMax) throw state.expected("a list of steps", ["steps"], value);
  const steps: Step[] = [];
  for (const item of value) {
    const [name, part] = item instanceof Tuple ? item.items : [];
    if (typeof name !== "string" || part === undefined)
      throw state.inconsistent("a step is not a name and an estimator");
    if (!isPassthrough(part)) steps.push({ name, estimator: readPart(part, `the step "${name}" of a Pipeline`) });
  }
  if (steps.length === 0) throw state.inconsistent("it has no steps");
  return steps;
}

function isPassthrough(part: Value): boolean {
  return part === null || part === "passthrough";
}

function checkWidth(state: State, before: Estimator, after: Estimator): void {
  const columns = before.methods.get("transform")?.answers.columns;
  if (after.inputs.count > 0 && columns !== after.inputs.count) {
    throw state.inconsistent(
      `a ${before.type} gives ${columns ?? 1} columns to a ${after.type}, which takes ${after.inputs.count}`,
    );
  }
}

/** The first step's columns. A missing value may come in where every step that it reaches takes it. */
function inputsOf(steps: readonly Estimator[]): Inputs {
  const [{ inputs, keepsMissing, keepsMissingIn }, ...rest] = steps as [Estimator, ...Estimator[]];
  const reached = rest.filter((_, index) => rest.slice(0, index).every((step) => step.keepsMissing));
  const categories = rest[0]?.inputs;
  const taken = reached.every((step) => step.inputs.missing);
  return {
    ...inputs,
    missing: inputs.missing && (taken || !keepsMissing),
    features() {
      const known = inputs.count === categories?.count ? categories : undefined;
      return withCategories(inputs.features(), known).map((feature, column) => {
        const passes = keepsMissingIn?.[column] ?? keepsMissing;
        return feature.missing && passes && !taken ? { ...feature, missing: false } : feature;
      });
    },
  };
}

function keptColumns([first, ...rest]: readonly Estimator[]): Pick<Estimator, "keepsMissingIn"> {
  if (!first?.keepsMissingIn || !rest.every(({ keepsMissing }) => keepsMissing)) return {};
  return { keepsMissingIn: first.keepsMissingIn };
}

/** An imputer of texts does not know their categories; the encoder after it does. */
function withCategories(features: readonly Feature[], next: Inputs | undefined): readonly Feature[] {
  if (!next || !features.some(({ kind, categories }) => kind === "category" && !categories)) return features;
  const known = next.features();
  return features.map((feature, column) => {
    const categories = known[column]?.categories;
    return feature.kind === "category" && !feature.categories && categories ? { ...feature, categories } : feature;
  });
}

function transformed(table: Table, transformers: readonly ModelMethod[]): Table {
  return transformers.reduce((before, transformer) => tableFrom(transformer, before), table);
}
