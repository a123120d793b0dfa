// What a request in any JSON form can choose beside its rows: methods, and class names in the result.

import { type MethodName, type Output, readMethod, type Scalar, type Signature, toJson } from "../../model/index.js";
import { FunctionError } from "../errors.js";
import type { JsonObject } from "../json.js";
import type { Prediction } from "../prediction.js";

export interface Options {
  readonly methods: readonly MethodName[];
  /** Whether the request has a list of methods, and the response an object by method. */
  readonly byMethod: boolean;
  /** Whether values of classes are objects by class name. */
  readonly labels: boolean;
}

/** Methods whose result has a value for each class, the most useful first. */
const classMethods: readonly MethodName[] = ["predict_proba", "decision_function", "predict_log_proba"];

/** @throws FunctionError "input-option", "input-labels"; ModelError "method-unknown" */
export function readOptions({ method, methods, labels }: JsonObject, signature: Signature): Options {
  if (labels !== undefined && typeof labels !== "boolean") {
    throw new FunctionError("input-option", '"labels" must be true or false');
  }
  const isNamed = method !== undefined && method !== null;
  if (methods !== undefined && !Array.isArray(methods)) {
    throw new FunctionError("input-option", '"methods" must be a list of methods');
  }
  // Some generated clients send an empty list where the caller sets none.
  if (methods !== undefined && methods.length > 0) {
    // Every method runs once, however often a request names it.
    const names = new Set<unknown>([...(isNamed ? [method] : []), ...methods]);
    return {
      methods: [...names].map((name) => readMethod(name ?? "null", signature)),
      byMethod: true,
      labels: labels === true,
    };
  }
  const name = isNamed || labels !== true ? readMethod(method, signature) : labelledMethod(signature);
  return { methods: [name], byMethod: false, labels: labels === true };
}

function labelledMethod(signature: Signature): MethodName {
  const found = classMethods.find((name) => signature.methods.some((method) => method.name === name));
  if (found && signature.classes) return found;
  throw new FunctionError("input-labels", `${signature.type} has no method with a value for each class`);
}

/** The results as JSON: a list, or an object by method where the request has a list of methods. */
export function resultJson(predictions: readonly Prediction[], options: Options, signature: Signature): string {
  const results = predictions.map(({ method, output }) =>
    isLabelled(method, options) ? labelledJson(method, output, signature) : toJson(output),
  );
  if (!options.byMethod) return results[0] ?? "[]";
  return `{${predictions.map(({ method }, index) => `${JSON.stringify(method)}:${results[index]}`).join(",")}}`;
}

/** Whether results of a method get class names: labels are class names already, and several methods can be others. */
export function isLabelled(method: MethodName, { labels, byMethod }: Options): boolean {
  return labels && method !== "predict" && (!byMethod || classMethods.includes(method));
}

/** Values of classes as objects by class name. */
function labelledJson(method: MethodName, output: Output, signature: Signature): string {
  const keys = classNames(method, output, signature).map((name) => JSON.stringify(name));
  const rows = output.shape[0] ?? 0;
  const objects = Array.from({ length: rows }, (_, row) => {
    const members = keys.map((key, column) => `${key}:${toJson({ shape: [], data: [cell(output, row, column)] })}`);
    return `{${members.join(",")}}`;
  });
  return `[${objects.join(",")}]`;
}

function cell({ shape, data }: Output, row: number, column: number): Scalar {
  return data[row * (shape[1] ?? 1) + column] ?? null;
}

/**
 * The class of each column. The one column that decision_function has for two classes is the value of the second one.
 * @throws FunctionError "input-labels" if the columns are not the classes
 */
export function classNames(
  method: MethodName,
  { shape, parts }: Output,
  { type, classes, parameters }: Signature,
): string[] {
  const names = (classes ?? []).map(String);
  const columns = shape.length === 1 ? 1 : shape[1];
  if (classMethods.includes(method) && parts === undefined && classes && shape.length <= 2) {
    // One against one: the columns of three classes are three pairs of classes.
    const isPairwise =
      parameters.decision_function_shape === "ovo" && names.length > 2 && method === "decision_function";
    if (columns === names.length && !isPairwise) return names;
    if (columns === 1 && names.length === 2) return names.slice(1);
  }
  throw new FunctionError("input-labels", `${method} of ${type} does not return a value for each class`);
}
