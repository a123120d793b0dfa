// Second stage: may this caller use the method? What cannot be decided here is refused: a guarded method is never open.

import type { CompiledMethod } from "./compile.js";
import { GatewayFailure } from "./failure.js";
import type { Invocation } from "./invocation.js";
import { headerOf } from "./request.js";

const signature = /^AWS4-HMAC-SHA256 Credential=\S+/;

/** @throws GatewayFailure */
export function authorize(invocation: Invocation, { document }: CompiledMethod): void {
  switch (document.authorizationType) {
    case "NONE":
      break;
    case "AWS_IAM":
      // Who signs is taken at his word, as everywhere in this cloud; not signing at all is refused.
      if (!signature.test(headerOf(invocation.request.headers, "Authorization") ?? "")) {
        throw new GatewayFailure("MISSING_AUTHENTICATION_TOKEN", "Missing Authentication Token");
      }
      break;
    default:
      throw new GatewayFailure("AUTHORIZER_CONFIGURATION_ERROR", "Internal server error", {
        logLine: `Execution failed due to configuration error: no authorizer of type ${document.authorizationType}`,
      });
  }
  // No key exists, so none can be right.
  if (document.apiKeyRequired) throw new GatewayFailure("INVALID_API_KEY", "Forbidden");
}
