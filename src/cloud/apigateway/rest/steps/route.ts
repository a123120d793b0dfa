import { GatewayFailure } from "../failure.js";
import type { Step } from "../steps.js";

/**
 * Finds the deployment's method for the request. For an unknown path or method AWS assumes an unsigned call of its
 * own API.
 * @throws GatewayFailure MISSING_AUTHENTICATION_TOKEN
 */
export const route: Step = (exchange, next) => {
  const { stage, request } = exchange;
  const routed = stage.api.router.find(request.path);
  const method = routed?.value.get(request.httpMethod) ?? routed?.value.get("ANY");
  if (!routed || !method) throw new GatewayFailure("MISSING_AUTHENTICATION_TOKEN", "Missing Authentication Token");
  exchange.target = { method, pathParameters: routed.pathParameters };
  return next(exchange);
};
