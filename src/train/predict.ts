// Fitted models are asked through the model file that they are saved as: what is measured is what will be deployed.

import { type MethodName, type Output, readModel } from "../model/index.js";
import type { Svc } from "./svc/fit.js";
import { pickleOf } from "./svc/state.js";

async function ask(svc: Svc, method: MethodName, x: Float64Array): Promise<Output["data"]> {
  const columns = svc.dataset.featureNames.length;
  const model = await readModel(pickleOf(svc));
  return (await model.run(method, { kind: "matrix", rows: x.length / columns, columns, data: x })).data;
}

/** How far each row lies on the side of the second class of a two-class model. */
export async function decisionValues(svc: Svc, x: Float64Array): Promise<number[]> {
  return Array.from(await ask(svc, "decision_function", x), Number);
}

export async function predictions(svc: Svc, x: Float64Array): Promise<(number | string)[]> {
  return Array.from(await ask(svc, "predict", x), (label) => (typeof label === "string" ? label : Number(label)));
}
