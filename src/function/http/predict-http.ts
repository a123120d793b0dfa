import type { Model } from "../../model/index.js";
import { FunctionError } from "../errors.js";
import { type JsonObject, objectOf, parseJson } from "../json.js";
import { predict, type ResponseBody } from "../prediction.js";
import { type HttpRequest, textOf } from "./http.js";
import { acceptsCsv, parseMediaType } from "./media-types.js";

/**
 * Predictions for the body of an HTTP request. A body with the content type text/csv is CSV; any other is JSON, because
 * clients such as curl label JSON as a form unless they are told otherwise.
 * @throws FunctionError, ModelError "input-...", "method-unknown"
 */
export async function predictHttp(request: HttpRequest, model: Model): Promise<ResponseBody> {
  const { type, header } = parseMediaType(request.header("content-type"));
  const asCsv = acceptsCsv(request.header("accept"));
  if (type === "text/csv") {
    return predict({ csv: bodyOf(request), ...(header && { header }), ...(asCsv && { accept: "text/csv" }) }, model);
  }
  const body = jsonObject(request);
  return predict(asCsv ? { request: body, accept: "text/csv" } : body, model);
}

/** @throws FunctionError "input-body-missing", "input-not-json", "input-not-an-object" */
function jsonObject(request: HttpRequest): JsonObject {
  return objectOf(parseJson(bodyOf(request), "The body"), "The request");
}

/** @throws FunctionError "input-body-missing" */
export function bodyOf({ body }: HttpRequest): string {
  if (body.length > 0) return textOf(body);
  throw new FunctionError("input-body-missing", 'The request has no body: send a JSON object with "values"');
}
