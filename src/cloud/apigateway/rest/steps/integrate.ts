import { callIntegration } from "../../integrations/call-integration.js";
import { configurationError } from "../failure.js";
import { type Step, targetOf } from "../steps.js";

/**
 * The last step: calls the method's integration, with its mappings.
 * @throws GatewayFailure
 */
export const integrate: Step = async (exchange) => {
  const { method } = targetOf(exchange);
  const { integration } = method;
  if (!integration) throw configurationError("No integration defined for method");
  const { elapsedMs } = exchange.backends;
  const started = elapsedMs();
  try {
    return await callIntegration(exchange, method, integration);
  } finally {
    exchange.integrationLatencyMs = elapsedMs() - started;
  }
};
