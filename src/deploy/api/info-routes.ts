// GET /openapi.json and GET /model: the function returns both, so they are those of the version that the stage serves.
// Only the deployer knows the API's route and authorization: they are in the event that API Gateway sends.

import { apiKeyScheme, iamScheme, type Security } from "../../contract/index.js";
import type { MethodProtection } from "../protection/protection.js";
import type { Spec } from "../spec.js";
import type { Integration } from "./integration.js";

/** The event of the function for a path that describes the model. */
export function infoEvent(path: string, { name, route }: Pick<Spec, "name" | "route">, security?: Security): object {
  return { tepal: { get: path, title: name, route, ...(security && { security }) } };
}

/** The same event as a template of API Gateway. */
export function infoTemplate(...event: Parameters<typeof infoEvent>): string {
  // A template's own characters can be in the name of an authorizer.
  return JSON.stringify(infoEvent(...event))
    .replaceAll("$", "\\u0024")
    .replaceAll("#", "\\u0023");
}

/** The integration of the predictions with another event. */
export function infoIntegration(integration: Integration, template: string): Integration {
  const { default: success, ...errors } = integration.responses;
  return {
    ...integration,
    requestTemplates: { "application/json": template },
    responses: {
      ...errors,
      // The document as the function returns it.
      default: { ...success, statusCode: "200", responseTemplates: { "application/json": "$input.body" } },
    },
  };
}

/** What callers of a protected method need, for the OpenAPI document. */
export function securityOf(protection: MethodProtection | undefined): Security | undefined {
  if (!protection) return undefined;
  const { authorizationType, authorizer, authorizationScopes = [], apiKeyRequired } = protection;
  const schemes: Record<string, Security["schemes"][string]> = {};
  const requirement: Record<string, readonly string[]> = {};
  if (authorizationType === "AWS_IAM") {
    schemes.sigv4 = iamScheme;
    requirement.sigv4 = [];
  } else if (authorizer?.name !== undefined) {
    const header = /^method\.request\.header\.([^,\s]+)$/.exec(authorizer.identitySource ?? "")?.[1];
    const description = "A token that the API's authorizer accepts.";
    schemes[authorizer.name] = { type: "apiKey", name: header ?? "Authorization", in: "header", description };
    requirement[authorizer.name] = authorizationScopes;
  }
  if (apiKeyRequired) {
    schemes.api_key = apiKeyScheme;
    requirement.api_key = [];
  }
  return { schemes, requirement };
}
