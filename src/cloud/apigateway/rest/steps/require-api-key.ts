import { GatewayFailure } from "../failure.js";
import { type Step, targetOf } from "../steps.js";

/**
 * API keys are not implemented, so no key is valid.
 * @throws GatewayFailure INVALID_API_KEY for a method that requires one
 */
export const requireApiKey: Step = (exchange, next) => {
  if (targetOf(exchange).method.document.apiKeyRequired) throw new GatewayFailure("INVALID_API_KEY", "Forbidden");
  return next(exchange);
};
