// Predictions for a request in any of the supported forms.

import { type MethodName, type Model, type Output, readMethod, readTable, type Table, toJson } from "../model/index.js";
import type { JsonObject } from "./json.js";

/** The result of one method. */
export interface Prediction {
  readonly method: MethodName;
  readonly output: Output;
}

/** JSON, unless `contentType` states something else. */
export interface ResponseBody {
  readonly body: string;
  readonly contentType?: string;
}

/** A request in any form, after it was read and checked. */
export interface PredictionRequest {
  readonly table: Table;
  readonly methods: readonly MethodName[];
  /** Writes the results, one for each of `methods`, in the form that the caller expects. */
  readonly respond: (predictions: readonly Prediction[]) => ResponseBody;
}

/** Keys that make a request one of another form than the tutorial's. */
const otherKeys = [
  "methods",
  "labels",
  "csv",
  "request",
  "instances",
  "inputs",
  "dataframe_split",
  "dataframe_records",
] as const;

/**
 * The result of a request. Of the tutorial's form it is exactly the method's result as Python's `.tolist()` gives it.
 * @throws FunctionError, ModelError "input-...", "method-unknown"
 */
export async function predict(request: JsonObject, model: Model): Promise<ResponseBody> {
  if ("values" in request && !otherKeys.some((key) => key in request)) {
    const method = readMethod(request.method, model.signature);
    return { body: toJson(await model.run(method, readTable(request.values, model.signature))) };
  }
  const { readForm } = await import("./forms/read-form.js");
  return respondTo(readForm(request, model.signature), model);
}

/** Runs the methods of a request, one after the other. */
export async function respondTo({ table, methods, respond }: PredictionRequest, model: Model): Promise<ResponseBody> {
  const predictions: Prediction[] = [];
  for (const method of methods) predictions.push({ method, output: await model.run(method, table) });
  return respond(predictions);
}
