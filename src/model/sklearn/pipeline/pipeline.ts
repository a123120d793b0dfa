import type { ColumnCount } from "../../core/model.js";
import type { EstimatorAttributes } from "../../estimator/attributes.js";
import { accepts, columnsAfter } from "../../estimator/column-counts.js";
import type { Estimator, EstimatorClass, EstimatorDefinition, ReadSubEstimator } from "../../estimator/estimator.js";
import { joinSteps } from "../../estimator/join-steps.js";
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
  for (const { name, estimator } of steps.slice(0, -1)) {
    if (!estimator.methods.has("transform"))
      throw attributes.inconsistent(`the step "${name}", a ${estimator.type}, does not transform`);
  }
  checkWidths(attributes, steps);
  const [first, ...rest] = steps.map(({ estimator }) => estimator);
  if (!first) throw attributes.inconsistent("it has no steps");
  return joinSteps([first, ...rest]);
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
  return steps;
}

function isPassthrough(part: Value): boolean {
  return part === null || part === "passthrough";
}

/** Checks that each step accepts the columns of the one before it. */
function checkWidths(attributes: EstimatorAttributes, steps: readonly Step[]): void {
  let width: ColumnCount = "any";
  for (const [index, { estimator }] of steps.entries()) {
    const before = steps[index - 1]?.estimator;
    if (before) width = columnsAfter(before, width);
    if (before && !accepts(estimator, width)) {
      const { type } = before;
      throw attributes.inconsistent(
        `a ${type} returns ${width} columns, but the next step, a ${estimator.type}, expects ${estimator.inputs.count}`,
      );
    }
    if (width === "any") width = estimator.inputs.count;
  }
}
