import { headerOf } from "../../../lambda-events/index.js";
import { GatewayFailure } from "../failure.js";
import { type Step, targetOf } from "../steps.js";

const signature = /^AWS4-HMAC-SHA256 Credential=\S+/;

/**
 * Checks whether the caller may use the method. An authorization type that is not implemented denies: a protected
 * method is never open.
 * @throws GatewayFailure MISSING_AUTHENTICATION_TOKEN, AUTHORIZER_CONFIGURATION_ERROR
 */
export const authorize: Step = (exchange, next) => {
  const { authorizationType } = targetOf(exchange).method.document;
  switch (authorizationType) {
    case "NONE":
      break;
    case "AWS_IAM":
      // The signature's identity is trusted, as everywhere in this cloud; an unsigned request is denied.
      if (!signature.test(headerOf(exchange.request.headers, "Authorization") ?? "")) {
        throw new GatewayFailure("MISSING_AUTHENTICATION_TOKEN", "Missing Authentication Token");
      }
      break;
    default:
      throw new GatewayFailure("AUTHORIZER_CONFIGURATION_ERROR", "Internal server error", {
        logLine: `Execution failed due to configuration error: no authorizer of type ${authorizationType}`,
      });
  }
  return next(exchange);
};
