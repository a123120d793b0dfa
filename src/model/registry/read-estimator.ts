import { ModelError } from "../errors.js";
import { EstimatorAttributes } from "../estimator/attributes.js";
import { defineEstimator, type Estimator, type ReadSubEstimator } from "../estimator/estimator.js";
import { Instance, OwnClass, type Value } from "../pickle/values.js";
import { missingEstimatorError } from "./missing-estimator.js";
import { findEstimatorClass } from "./registry.js";

/** Nesting of estimators: a search over a pipeline of ensembles has five levels. */
const depthMax = 20;

/** Estimators that one prediction may run, each counted as often as it is used. */
const stepsMax = 100_000;

/**
 * Reads a fitted estimator and its inner estimators. One that is reached twice is read once.
 * @param role identifies the value in errors
 */
export function readEstimator(value: Value, role = "the file's content"): Estimator {
  const done = new Map<Instance, { readonly estimator: Estimator; readonly steps: number }>();
  const open = new Set<Instance>();
  /** Steps of the estimators that are being read, the innermost last. */
  const steps: number[] = [0];
  const readSubEstimator: ReadSubEstimator = (part, role) => {
    const row = part instanceof Instance ? findEstimatorClass(part.global.module, part.global.name) : undefined;
    if (!(part instanceof Instance) || !row) {
      throw missingEstimatorError(part, role);
    }
    const before = done.get(part);
    if (before) {
      count(before.steps);
      return before.estimator;
    }
    if (open.has(part)) throw new ModelError("estimator-inconsistent", `${row.name} contains itself as ${role}`);
    if (open.size >= depthMax)
      throw new ModelError("estimator-inconsistent", `More than ${depthMax} nested estimators`);
    open.add(part);
    steps.push(1);
    const own = [...part.attributes].find(([, value]) => value instanceof Instance && value.global instanceof OwnClass);
    if (own) throw missingEstimatorError(own[1], own[0]);
    const attributes = new EstimatorAttributes(part, `${row.module}.${row.name}`);
    const estimator = defineEstimator(attributes, row.read(attributes, readSubEstimator));
    open.delete(part);
    const taken = steps.pop()!;
    done.set(part, { estimator, steps: taken });
    count(taken);
    return estimator;
  };
  /** A few pipelines that contain each other many times would predict for years. */
  function count(taken: number): void {
    const sum = steps.at(-1)! + taken;
    if (sum > stepsMax) {
      throw new ModelError("estimator-inconsistent", `A prediction runs more than ${stepsMax} estimators`);
    }
    steps[steps.length - 1] = sum;
  }
  return readSubEstimator(value, role);
}
