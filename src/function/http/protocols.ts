// How each protocol tells its clients of an error.

import { type HttpResponse, messageResponse } from "./http.js";

/** Writes the response to an error. `status` is 400 for an invalid request, 404 for an unknown model, 500 otherwise. */
export type ErrorWriter = (status: number, message: string) => HttpResponse;

/** The API's own: `{"message": ...}`. */
export const apiError: ErrorWriter = messageResponse;

/** KServe and the Open Inference Protocol. */
export const kserveError: ErrorWriter = (status, message) => ({ status, body: JSON.stringify({ error: message }) });

/** MLflow's scoring server. SageMaker passes any body on. */
export const mlflowError: ErrorWriter = (status, message) => {
  const error_code = status < 500 ? "BAD_REQUEST" : "INTERNAL_ERROR";
  return { status, body: JSON.stringify({ error_code, message }) };
};

/** SageMaker's runtime API, which wraps the error of a model: its clients raise ModelError. */
export const sageMakerError: ErrorWriter = (status, message) => ({
  status: 424,
  body: JSON.stringify({
    Message: `Received ${status < 500 ? "client" : "server"} error (${status}) from primary with message "${message}"`,
    OriginalMessage: message,
    OriginalStatusCode: status,
  }),
  headers: { "x-amzn-ErrorType": "ModelError" },
});
