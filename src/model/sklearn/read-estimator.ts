import { TepalError } from "../../base/index.js";
import { Instance, kindOf, type Value } from "../pickle/values.js";
import type { Estimator, ReadPart } from "./estimator.js";
import { findEstimatorClass } from "./registry.js";
import { State } from "./state.js";

/** Estimators within estimators: a search over a pipeline of ensembles has five. */
const depthMax = 20;

/** Reads a fitted estimator and those within it. One that is met twice is read once. */
export function readEstimator(value: Value): Estimator {
  const done = new Map<Instance, Estimator>();
  const open = new Set<Instance>();
  const readPart: ReadPart = (part, role) => {
    const row = part instanceof Instance ? findEstimatorClass(part.global.module, part.global.name) : undefined;
    if (!(part instanceof Instance) || !row) {
      throw new TepalError("estimator-missing", `Expected an estimator as ${role}, found ${kindOf(part)}`);
    }
    const before = done.get(part);
    if (before) return before;
    if (open.has(part)) throw new TepalError("estimator-inconsistent", `${row.name} contains itself as ${role}`);
    if (open.size >= depthMax)
      throw new TepalError("estimator-inconsistent", `More than ${depthMax} estimators within estimators`);
    open.add(part);
    const estimator = row.read(new State(part, `${row.module}.${row.name}`), readPart);
    open.delete(part);
    done.set(part, estimator);
    return estimator;
  };
  return readPart(value, "the file's content");
}
