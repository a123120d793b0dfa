import type { IntegrationDocument } from "../../documents.js";
import { badRequest } from "../../errors.js";
import {
  applyPatch,
  asSent,
  contentTypeRow,
  type PatchRow,
  parameterRow,
  parseBoolean,
  plainMessages,
  stringRow,
} from "../../patch.js";
import type { ApiGatewayOperation } from "../../state.js";
import { storedTemplate, toIntegration } from "../../templates.js";
import { saveMethod } from "../method/method.js";
import { checkIntegration, contentHandlingRow, requireIntegration } from "./integration.js";

const rows: readonly PatchRow<IntegrationDocument>[] = [
  stringRow("httpMethod"),
  stringRow("uri"),
  stringRow("credentials"),
  stringRow("passthroughBehavior"),
  {
    path: "/timeoutInMillis",
    replace: (integration, value) => ({ ...integration, timeoutInMillis: Number(value) }),
  },
  contentHandlingRow(),
  stringRow("connectionId"),
  {
    path: "/connectionType",
    replace: (integration, value) => {
      if (value !== "INTERNET" && value !== "VPC_LINK") throw badRequest("Invalid connectionType specified");
      return { ...integration, connectionType: value };
    },
  },
  stringRow("cacheNamespace"),
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
    replace: (integration, value) => ({
      ...integration,
      tlsConfig: { insecureSkipVerification: parseBoolean(value) },
    }),
  },
  contentTypeRow("requestTemplates", storedTemplate),
  parameterRow("requestParameters", asSent),
];

export const updateIntegration: ApiGatewayOperation<"UpdateIntegration"> = (input, state, call) => {
  const found = requireIntegration(state, call, input);
  const patched = applyPatch(found.integration, input.patchOperations, rows, plainMessages, "updateIntegrationInput");
  const integration = checkIntegration(found.method, patched);
  saveMethod(state, call, found, input.httpMethod, { ...found.method, methodIntegration: integration });
  return toIntegration(integration);
};
