// The protocols of other servers, by path: MLflow and SageMaker (/invocations), KServe V1 and V2.

import { nearest } from "../../base/index.js";
import type { Model } from "../../model/index.js";
import { readCsvRows, withCsvResponse } from "../forms/csv.js";
import { readInference, tensorMetadata } from "../forms/open-inference.js";
import { readOptions } from "../forms/options.js";
import { readPredictions } from "../forms/predictions.js";
import { withBinaryData } from "../forms/tensors.js";
import { objectOf, parseJson } from "../json.js";
import { predict, type ResponseBody, respondTo } from "../prediction.js";
import { type HttpRequest, textOf } from "./http.js";
import { acceptsCsv, parseMediaType } from "./media-types.js";
import { bodyOf, predictHttp } from "./predict-http.js";
import type { Served } from "./respond.js";

/**
 * MLflow's and SageMaker's path. MLflow sends an object with one of its keys, or CSV with a header, and expects
 * `{"predictions": [...]}`. SageMaker sends a list of rows, or CSV without a header, and expects the same type back.
 * @throws FunctionError, ModelError "input-...", "method-unknown"
 */
export async function invocations(request: HttpRequest, { model }: Served): Promise<ResponseBody> {
  const { type, header } = parseMediaType(request.header("content-type"));
  const accept = request.header("accept");
  if (type === "text/csv") return csvInvocation(request, header, accept, model);
  const json = parseJson(bodyOf(request), "The body");
  if (!Array.isArray(json)) return predictHttp(request, model);
  return predict(acceptsCsv(accept) ? { request: { values: json }, accept: "text/csv" } : { values: json }, model);
}

async function csvInvocation(
  request: HttpRequest,
  header: string | undefined,
  accept: string | undefined,
  model: Model,
): Promise<ResponseBody> {
  const { signature } = model;
  const isHeader = header === undefined ? undefined : header === "present";
  const { rows, hasHeader } = readCsvRows(bodyOf(request), signature, isHeader);
  const read = readPredictions({ instances: rows }, signature);
  const acceptsAny = accept === undefined || accept.trim() === "*/*";
  if (acceptsCsv(accept) || (acceptsAny && !hasHeader)) {
    return respondTo(withCsvResponse(read, readOptions({}, signature), signature), model);
  }
  return hasHeader ? respondTo(read, model) : predict({ values: rows }, model);
}

/** KServe V1: `{"instances": [...]}`. @throws FunctionError, ModelError "input-...", "method-unknown" */
export async function predictV1(request: HttpRequest, { model }: Served): Promise<ResponseBody> {
  return predict(objectOf(parseJson(bodyOf(request), "The body"), "The request"), model);
}

/** The size of the JSON at the start of a body with binary data. */
const jsonSizeHeader = "inference-header-content-length";

/** KServe V2, with the binary extension for inputs. @throws FunctionError, ModelError "input-...", "method-unknown" */
export async function inferV2(
  request: HttpRequest,
  { model, about }: Served,
  params: Readonly<Record<string, string>>,
): Promise<ResponseBody> {
  bodyOf(request);
  const bytes = typeof request.body === "string" ? Buffer.from(request.body) : request.body;
  const jsonBytes = Number(request.header(jsonSizeHeader) ?? bytes.length);
  const json = parseJson(textOf(bytes.subarray(0, jsonBytes)), "The body");
  const body = objectOf(withBinaryData(json, bytes.subarray(jsonBytes)), "The request");
  const id = { name: about.name, version: params.version ?? versionOf(about) };
  return respondTo(readInference(body, model.signature, id), model);
}

export function versionOf({ release = "1" }: { readonly release?: string }): string {
  return release;
}

export function metadataV2({ model, about }: Served): string {
  const { type, libraries } = model.signature;
  const platform = `${Object.keys(libraries)[0] ?? type.split(".")[0]}_tepal`;
  const tensors = tensorMetadata(model.signature);
  return JSON.stringify({ name: about.name, versions: [versionOf(about)], platform, ...tensors });
}

/** The message for a name that is not the model's; undefined for the model's own. */
export function unknownModel(name: string | undefined, { about }: Served): string | undefined {
  if (name === undefined || name === about.name) return undefined;
  const near = nearest(name, [about.name]) === undefined ? "The model is" : "Did you mean";
  const end = near === "Did you mean" ? "?" : "";
  return `Model with name ${name.slice(0, 80)} does not exist. ${near} ${about.name}${end}`;
}
