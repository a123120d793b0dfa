import type { Integration } from "@aws-sdk/client-api-gateway";
import { badRequest, notFound } from "../../errors.js";
import { applyPatch, entryEffects, type PatchRow, parseBoolean, plainMessages } from "../../patch.js";
import { type ApiGatewayOperation, requireIntegration, saveMethod } from "../../state.js";
import { contentHandlingRow } from "./content-handling.js";
import { checkIntegration } from "./integration.js";

const rows: readonly PatchRow<Integration>[] = [
  { path: "/httpMethod", replace: (integration, httpMethod) => ({ ...integration, httpMethod }) },
  { path: "/uri", replace: (integration, uri) => ({ ...integration, uri }) },
  { path: "/credentials", replace: (integration, credentials) => ({ ...integration, credentials }) },
  {
    path: "/passthroughBehavior",
    replace: (integration, passthroughBehavior) => ({ ...integration, passthroughBehavior }),
  },
  {
    path: "/timeoutInMillis",
    replace: (integration, value) => ({ ...integration, timeoutInMillis: Number(value) }),
  },
  contentHandlingRow(),
  { path: "/connectionId", replace: (integration, connectionId) => ({ ...integration, connectionId }) },
  {
    path: "/connectionType",
    replace: (integration, value) => {
      if (value !== "INTERNET" && value !== "VPC_LINK") throw badRequest("Invalid connectionType specified");
      return { ...integration, connectionType: value };
    },
  },
  { path: "/cacheNamespace", replace: (integration, cacheNamespace) => ({ ...integration, cacheNamespace }) },
  {
    path: "/cacheKeyParameters/{name}",
    add: (integration, _value, [name = ""]) => ({
      ...integration,
      cacheKeyParameters: [...(integration.cacheKeyParameters ?? []).filter((one) => one !== name), name],
    }),
    remove: (integration, _value, [name]) => ({
      ...integration,
      cacheKeyParameters: (integration.cacheKeyParameters ?? []).filter((one) => one !== name),
    }),
  },
  {
    path: "/tlsConfig/insecureSkipVerification",
    replace: (integration, value) => ({ ...integration, tlsConfig: { insecureSkipVerification: parseBoolean(value) } }),
  },
  {
    path: "/requestTemplates/{contentType}",
    ...entryEffects(
      (integration: Integration) => integration.requestTemplates,
      (integration, requestTemplates) => ({ ...integration, requestTemplates }),
      (value) => value,
      () => notFound("Content-Type specified was not found"),
    ),
  },
  {
    path: "/requestParameters/{name}",
    ...entryEffects(
      (integration: Integration) => integration.requestParameters,
      (integration, requestParameters) => ({ ...integration, requestParameters }),
      (value) => value,
      () => notFound("Invalid parameter name specified"),
    ),
  },
];

export const updateIntegration: ApiGatewayOperation<"UpdateIntegration"> = (input, state, call) => {
  const found = requireIntegration(state, call, input);
  const patched = applyPatch(found.integration, input.patchOperations, rows, plainMessages, "updateIntegrationInput");
  const integration = checkIntegration(found.method, patched);
  saveMethod(state, call, found, input.httpMethod, { ...found.method, methodIntegration: integration });
  return integration;
};
