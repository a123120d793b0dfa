// HTTP requests and responses in proxy events: the request is a string in `body`; the response is a status, headers and
// a string.

import { FunctionError } from "../errors.js";
import { type JsonObject, parseJson } from "../json.js";
import { clientErrorPrefix, type HandlerResult, internalErrorMessage } from "../result.js";

/** @throws FunctionError "input-body-missing", "input-not-json" */
export function requestFromBody({ body, isBase64Encoded }: JsonObject): unknown {
  if (typeof body !== "string" || body === "") {
    throw new FunctionError("input-body-missing", 'The request has no body: send a JSON object with "values"');
  }
  return parseJson(isBase64Encoded === true ? Buffer.from(body, "base64").toString() : body, "The body");
}

/** The HTTP response to a client, from a proxy integration or from the server. */
export interface HttpResponse {
  readonly status: number;
  /** JSON. */
  readonly body: string;
}

export function httpResponseOf(result: HandlerResult): HttpResponse {
  if (result.ok) return { status: 200, body: result.body };
  const { errorType, errorMessage } = result.error;
  return errorType === "InvalidInput"
    ? { status: 400, body: JSON.stringify({ message: errorMessage.slice(clientErrorPrefix.length) }) }
    : { status: 500, body: JSON.stringify({ message: internalErrorMessage }) };
}

/** The response format that REST APIs, HTTP APIs, function URLs and load balancers accept. */
export function proxyResponse(result: HandlerResult): HandlerResult {
  const { status, body } = httpResponseOf(result);
  const headers = { "Content-Type": "application/json" };
  return { ok: true, body: JSON.stringify({ statusCode: status, headers, body, isBase64Encoded: false }) };
}
