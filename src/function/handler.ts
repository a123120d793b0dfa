import type { Log } from "../base/index.js";
import { type Model, readMethod, readTable, toJson } from "../model/index.js";
import {
  type Answer,
  callerErrorPrefix,
  faultMessage,
  faultPrefix,
  type Handler,
  isCallerError,
  logLineOf,
} from "./answer.js";
import { direct } from "./events/direct.js";
import { shapeOf } from "./events/index.js";
import { type JsonObject, objectOf, parseJson } from "./json.js";

/**
 * The function's whole work: the event's shape is recognised, its request read and checked, the model asked, and the answer
 * given in the words of that shape.
 */
export function createHandler(model: Model, log: Log): Handler {
  return async function handle(text) {
    let shape = direct;
    try {
      const event = objectOf(parseJson(text, "The request"), "The request");
      shape = shapeOf(event);
      const request = objectOf(shape.request(event), "The request");
      return shape.answer({ ok: true, body: await predict(model, request) });
    } catch (error) {
      log.warn(logLineOf(error));
      return shape.answer({ ok: false, error: functionErrorOf(error) });
    }
  };
}

/** @returns JSON text: exactly the `.tolist()` of the method's answer. */
async function predict(model: Model, { values, method }: JsonObject): Promise<string> {
  const name = readMethod(method, model.signature);
  return toJson(await model.run(name, readTable(values, model.signature)));
}

function functionErrorOf(error: unknown): Extract<Answer, { ok: false }>["error"] {
  return isCallerError(error)
    ? { errorType: "InvalidInput", errorMessage: `${callerErrorPrefix}${error.message}. ${error.hint}` }
    : { errorType: "PredictionFailed", errorMessage: faultPrefix + faultMessage };
}
