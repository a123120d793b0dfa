import { enumViolation, rejectViolations } from "../../errors.js";
import { integrationTimeoutMsMax } from "../../limits.js";
import { type ApiGatewayOperation, omitIfEmpty } from "../../state.js";
import { storedTemplates, toIntegration } from "../../templates.js";
import { requireMethod, saveMethod } from "../method/method.js";
import { checkIntegration, requireIntegration, withTypeDefaults } from "./integration.js";

export const putIntegration: ApiGatewayOperation<"PutIntegration"> = (input, state, call) => {
  rejectViolations(
    enumViolation("putIntegrationInput.type", input.type, ["HTTP", "MOCK", "AWS_PROXY", "HTTP_PROXY", "AWS"]),
  );
  const found = requireMethod(state, call, input);
  const requested = withTypeDefaults({
    type: input.type,
    httpMethod: input.integrationHttpMethod,
    uri: input.uri,
    connectionType: input.connectionType,
    connectionId: input.connectionId,
    credentials: input.credentials,
    requestParameters: omitIfEmpty(input.requestParameters),
    requestTemplates: storedTemplates(input.requestTemplates),
    passthroughBehavior: input.passthroughBehavior ?? "WHEN_NO_MATCH",
    contentHandling: input.contentHandling,
    timeoutInMillis: input.timeoutInMillis ?? integrationTimeoutMsMax,
    cacheNamespace: input.cacheNamespace ?? found.resource.id,
    cacheKeyParameters: input.cacheKeyParameters ?? [],
    tlsConfig: input.tlsConfig,
    responseTransferMode: input.responseTransferMode,
  });
  const integration = checkIntegration(found.method, requested);
  saveMethod(state, call, found, input.httpMethod, { ...found.method, methodIntegration: integration });
  return toIntegration(integration);
};

export const getIntegration: ApiGatewayOperation<"GetIntegration"> = (input, state, call) =>
  toIntegration(requireIntegration(state, call, input).integration);

export const deleteIntegration: ApiGatewayOperation<"DeleteIntegration"> = (input, state, call) => {
  const found = requireIntegration(state, call, input);
  saveMethod(state, call, found, input.httpMethod, { ...found.method, methodIntegration: undefined });
  return {};
};
