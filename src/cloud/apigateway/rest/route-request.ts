// First stage: which method answers.

import { GatewayFailure } from "./failure.js";
import type { Invocation } from "./invocation.js";

/**
 * Finds the method of the deployment that answers the request.
 * @throws GatewayFailure MISSING_AUTHENTICATION_TOKEN for a path or a method that is not there: AWS takes it for an unsigned call of its own API
 */
export function routeRequest(invocation: Invocation): void {
  const { stage, request } = invocation;
  const routed = stage.api.router.find(request.path);
  const method = routed?.value.get(request.httpMethod) ?? routed?.value.get("ANY");
  if (!routed || !method) throw new GatewayFailure("MISSING_AUTHENTICATION_TOKEN", "Missing Authentication Token");
  invocation.target = { method, pathParameters: routed.pathParameters };
}
