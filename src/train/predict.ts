// Predicts with the model file that will be saved, so that cross-validation measures what will be deployed.

import { type MethodName, type Output, readModel } from "../model/index.js";
import type { Svc } from "./svc/fit.js";
import { pickleOf } from "./svc/svc-pickle.js";

async function run(svc: Svc, method: MethodName, x: Float64Array): Promise<Output["data"]> {
  const columns = svc.dataset.featureNames.length;
  const model = await readModel(pickleOf(svc));
  return (await model.run(method, { kind: "matrix", rows: x.length / columns, columns, data: x })).data;
}

/** `decision_function` of a binary classifier: positive for the second class. */
export async function decisionValues(svc: Svc, x: Float64Array): Promise<number[]> {
  return Array.from(await run(svc, "decision_function", x), Number);
}

export async function predictions(svc: Svc, x: Float64Array): Promise<(number | string)[]> {
  return Array.from(await run(svc, "predict", x), (label) => (typeof label === "string" ? label : Number(label)));
}
