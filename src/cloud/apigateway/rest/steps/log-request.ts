import { javaMapText } from "../execution-log.js";
import { bodyText } from "../reply.js";
import { type Step, targetOf } from "../steps.js";

/** Writes the request, and the method that it is for, into the execution log. */
export const logRequest: Step = (exchange, next) => {
  const { log, request, ids } = exchange;
  if (log) {
    log.line(`Starting execution for request: ${ids.requestId}`);
    log.line(`HTTP Method: ${request.httpMethod}, Resource Path: ${request.path}`);
    log.data(`Method request path: ${javaMapText(targetOf(exchange).pathParameters)}`);
    log.data(`Method request query string: ${javaMapText(request.query)}`);
    log.data(`Method request headers: ${javaMapText(request.headers)}`);
    log.data(`Method request body before transformations: ${bodyText(request.body)}`);
  }
  return next(exchange);
};
