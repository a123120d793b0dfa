// The request that checks a deployment. A model must return the prediction of the same model on this machine.

import { TepalError } from "../base/index.js";
import { exampleRequest } from "../contract/index.js";
import type { Check } from "../deploy/index.js";
import { type Model, readMethod, readTable, toJson } from "../model/index.js";

/** The contract's example request with the model's prediction, or without it if the model rejects the example. */
export async function exampleCheck(model: Model): Promise<Check> {
  const { signature } = model;
  const request = exampleRequest(signature);
  try {
    const { values } = request;
    const output = await model.run(readMethod(undefined, signature), readTable(values, signature));
    return { request: JSON.stringify(request), expected: toJson(output) };
  } catch (error) {
    // For example, the model file does not contain the model's categories.
    if (error instanceof TepalError) return { request: JSON.stringify(request) };
    throw error;
  }
}

/** An example must succeed. Without one, the function must only start, because it can reject any other request. */
export function codeCheck(example: unknown): Check {
  return example === undefined
    ? { request: "{}", passes: "started" }
    : { request: JSON.stringify(example), passes: "returned" };
}
