// The request that checks a deployed model: it must return what the same model returns on this machine.

import { TepalError } from "../base/index.js";
import { exampleRequest } from "../contract/index.js";
import type { Check } from "../deploy/index.js";
import { type Model, readMethod, readTable, toJson } from "../model/index.js";

/** The contract's example with the model's prediction, or without one where the model rejects the example. */
export async function exampleCheck(model: Model): Promise<Check> {
  const { signature } = model;
  const { values } = exampleRequest(signature);
  const request = JSON.stringify({ values });
  try {
    const output = await model.run(readMethod(undefined, signature), readTable(values, signature));
    return { request, answer: toJson(output) };
  } catch (error) {
    // Such as a model with categories that its file does not record.
    if (error instanceof TepalError) return { request };
    throw error;
  }
}
