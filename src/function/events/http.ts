// What the proxy integrations share: the request is a text in `body`, and the answer is a status, headers and a text.

import { type Answer, callerErrorPrefix, faultMessage } from "../answer.js";
import { FunctionError } from "../errors.js";
import { type JsonObject, parseJson } from "../json.js";

/** @throws FunctionError "input-body-missing" or "input-not-json". */
export function requestOfBody({ body, isBase64Encoded }: JsonObject): unknown {
  if (typeof body !== "string" || body === "") {
    throw new FunctionError("input-body-missing", 'The request has no body: send a JSON object with "values"');
  }
  return parseJson(isBase64Encoded === true ? Buffer.from(body, "base64").toString() : body, "The body");
}

/** An HTTP answer: what a proxy integration passes on to its caller, and what the server sends itself. */
export interface HttpResult {
  readonly status: number;
  /** JSON text. */
  readonly body: string;
}

export function httpResultOf(answer: Answer): HttpResult {
  if (answer.ok) return { status: 200, body: answer.body };
  const { errorType, errorMessage } = answer.error;
  return errorType === "InvalidInput"
    ? { status: 400, body: JSON.stringify({ message: errorMessage.slice(callerErrorPrefix.length) }) }
    : { status: 500, body: JSON.stringify({ message: faultMessage }) };
}

/** The answer that REST and HTTP APIs, function URLs and load balancers understand alike. */
export function proxyAnswer(answer: Answer): Answer {
  const { status, body } = httpResultOf(answer);
  const headers = { "Content-Type": "application/json" };
  return { ok: true, body: JSON.stringify({ statusCode: status, headers, body, isBase64Encoded: false }) };
}
