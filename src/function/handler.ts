import { proxyResponse, requestOf } from "./events/event-formats.js";
import { respondToProxy, type Served } from "./http/respond.js";
import { isObject, type JsonObject, objectOf, parseJson } from "./json.js";
import { predict } from "./prediction.js";
import {
  clientErrorPrefix,
  errorMessageOf,
  type Handler,
  type HandlerResult,
  isClientError,
  logLineOf,
  serverErrorPrefix,
} from "./result.js";

/**
 * The handler of a model: detects the event's format, reads and checks the request, predicts, and returns the format's
 * response.
 */
export function createHandler(served: Served): Handler {
  return async function handle(text) {
    try {
      const request = requestOf(objectOf(parseJson(text, "The request"), "The request"));
      if (request.kind === "http") return { ok: true, body: proxyResponse(await respondToProxy(request.http, served)) };
      return { ok: true, body: await respondToJson(objectOf(request.json, "The request"), served) };
    } catch (error) {
      served.log.warn(logLineOf(error));
      return failed(error);
    }
  };
}

/** @returns JSON: a result in CSV is the member `csv` of an object, as in requests */
async function respondToJson(request: JsonObject, served: Served): Promise<string> {
  if (isObject(request.tepal)) {
    const { describeModel } = await import("./http/describe.js");
    return describeModel(request.tepal, served);
  }
  const { body, contentType } = await predict(request, served.model);
  return contentType === "text/csv" ? JSON.stringify({ csv: body }) : body;
}

function failed(error: unknown): HandlerResult {
  const message = errorMessageOf(error);
  return {
    ok: false,
    error: isClientError(error)
      ? { errorType: "InvalidInput", errorMessage: clientErrorPrefix + message }
      : { errorType: "PredictionFailed", errorMessage: serverErrorPrefix + message },
  };
}
