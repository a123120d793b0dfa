import { payloadBytesMax } from "../../limits.js";
import { GatewayFailure } from "../failure.js";
import type { Step } from "../steps.js";

/**
 * The checks that need no method: whether the API's default endpoint is enabled, and the size of the body.
 * @throws GatewayFailure ACCESS_DENIED, REQUEST_TOO_LARGE
 */
export const admit: Step = (exchange, next) => {
  const { stage, request } = exchange;
  if (stage.isDisabled) throw new GatewayFailure("ACCESS_DENIED", "Forbidden");
  if (request.body.length > payloadBytesMax) throw new GatewayFailure("REQUEST_TOO_LARGE", "Request Too Long");
  return next(exchange);
};
