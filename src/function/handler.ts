import type { Log } from "../base/index.js";
import { type Model, readMethod, readTable, toJson } from "../model/index.js";
import { direct, formatOf } from "./events/event-formats.js";
import { type JsonObject, objectOf, parseJson } from "./json.js";
import {
  clientErrorPrefix,
  type Handler,
  type InvocationError,
  internalErrorMessage,
  isClientError,
  logLineOf,
  serverErrorPrefix,
} from "./result.js";

/**
 * The handler of a model: detects the event's format, reads and checks the request, predicts, and returns the format's
 * response.
 */
export function createHandler(model: Model, log: Log): Handler {
  return async function handle(text) {
    let format = direct;
    try {
      const event = objectOf(parseJson(text, "The request"), "The request");
      format = formatOf(event);
      const request = objectOf(format.request(event), "The request");
      return format.response({ ok: true, body: await predict(model, request) });
    } catch (error) {
      log.warn(logLineOf(error));
      return format.response({ ok: false, error: invocationErrorOf(error) });
    }
  };
}

/** @returns JSON: exactly the method's result as Python's `.tolist()` gives it */
async function predict(model: Model, { values, method }: JsonObject): Promise<string> {
  const name = readMethod(method, model.signature);
  return toJson(await model.run(name, readTable(values, model.signature)));
}

function invocationErrorOf(error: unknown): InvocationError {
  return isClientError(error)
    ? { errorType: "InvalidInput", errorMessage: `${clientErrorPrefix}${error.message}. ${error.hint}` }
    : { errorType: "PredictionFailed", errorMessage: serverErrorPrefix + internalErrorMessage };
}
