import type { Log } from "../../base/index.js";
import type { Model } from "../../model/index.js";
import type { About } from "../about.js";
import { errorMessageOf, isClientError, logLineOf } from "../result.js";
import { type HttpRequest, type HttpResponse, messageResponse } from "./http.js";
import { predictHttp } from "./predict-http.js";

/** A model that clients reach over HTTP. */
export interface Served {
  readonly model: Model;
  readonly about: About;
  readonly log: Log;
}

/** The first parts of paths that have a route of their own; a request to any other path is for predictions. */
const routed = /^\/(?:v1\/models|v2|endpoints|invocations|ping|health|model|openapi\.json)(?=\/|$)/;

/**
 * The response to a request in a proxy event. Whatever its path, a POST is a request for predictions, unless the path
 * is one of the protocols' own. Never throws.
 */
export async function respondToProxy(request: HttpRequest, served: Served): Promise<HttpResponse> {
  if (request.method === "POST" && !routed.test(request.path)) return respondWithPredictions(request, served);
  const { respondByRoute } = await import("./routes.js");
  return respondByRoute(request, served);
}

/** Predictions, or an error as `{"message": ...}`. Never throws. */
export async function respondWithPredictions(request: HttpRequest, { model, log }: Served): Promise<HttpResponse> {
  try {
    return { status: 200, ...(await predictHttp(request, model)) };
  } catch (error) {
    log.warn(logLineOf(error));
    return messageResponse(isClientError(error) ? 400 : 500, errorMessageOf(error));
  }
}
