// What happens to a request to a REST API, step by step, in API Gateway's order.
//
// Each step has a file in `steps/`. What is not implemented yet belongs here:
// - canary releases choose the deployment before `route`;
// - resource policies and Lambda and Cognito authorizers are part of `authorize` (implemented in `../authorizers/`);
// - usage plans and throttling follow `requireApiKey`;
// - the response cache surrounds `integrate`.
// Until then a method that requires an API key or an authorizer denies every request.

import type { Exchange, Target } from "./exchange.js";
import { configurationError } from "./failure.js";
import type { GatewayReply } from "./reply.js";
import { admit } from "./steps/admit.js";
import { authorize } from "./steps/authorize.js";
import { integrate } from "./steps/integrate.js";
import { logRequest } from "./steps/log-request.js";
import { requireApiKey } from "./steps/require-api-key.js";
import { respond } from "./steps/respond.js";
import { route } from "./steps/route.js";
import { validateBody, validateParameters } from "./steps/validate.js";

/** Handles a request up to its reply. May throw instead of returning a rejected promise. */
type Handle = (exchange: Exchange) => Promise<GatewayReply>;

/**
 * A step passes the exchange on to the next, or replies itself; it can look at the reply that comes back.
 * @throws GatewayFailure a request that API Gateway responds to itself
 */
export type Step = (exchange: Exchange, next: Handle) => Promise<GatewayReply>;

/** Composes steps once, so that a request only runs through them. */
function compose(steps: readonly Step[]): Handle {
  return steps.reduceRight<Handle>(
    (next, step) => (exchange) => step(exchange, next),
    () => Promise.reject(configurationError("No step has replied")),
  );
}

/** Handles a request to a stage. */
export const handleRequest: Handle = compose([
  respond,
  admit,
  route,
  logRequest,
  authorize,
  requireApiKey,
  validateParameters,
  validateBody,
  integrate,
]);

/** TestInvokeMethod: the method is given, and neither authorizers nor API keys are checked. */
export const handleTest: Handle = compose([respond, logRequest, validateParameters, validateBody, integrate]);

/** The method of a request, for the steps after routing. */
export function targetOf({ target }: Exchange): Target {
  if (!target) throw new Error("The request has not been routed");
  return target;
}
