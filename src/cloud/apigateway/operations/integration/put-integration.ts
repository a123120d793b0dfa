import { integrationTimeoutMsMax } from "../../limits.js";
import { enumViolation, refuseViolations } from "../../refusals.js";
import { type ApiGatewayOperation, getMethod, putMethodOf } from "../../state.js";
import { unlessEmpty } from "../method/method.js";
import { checkIntegration } from "./integration.js";

export const putIntegration: ApiGatewayOperation<"PutIntegration"> = (input, state, call) => {
  refuseViolations(
    enumViolation("putIntegrationInput.type", input.type, ["HTTP", "MOCK", "AWS_PROXY", "HTTP_PROXY", "AWS"]),
  );
  const found = getMethod(state, call, input);
  const integration = checkIntegration(found.method, {
    type: input.type,
    httpMethod: input.integrationHttpMethod,
    uri: input.uri,
    connectionType: input.connectionType,
    connectionId: input.connectionId,
    credentials: input.credentials,
    requestParameters: unlessEmpty(input.requestParameters),
    requestTemplates: unlessEmpty(input.requestTemplates),
    passthroughBehavior: input.passthroughBehavior ?? "WHEN_NO_MATCH",
    contentHandling: input.contentHandling,
    timeoutInMillis: input.timeoutInMillis ?? integrationTimeoutMsMax,
    cacheNamespace: input.cacheNamespace ?? found.resource.id,
    cacheKeyParameters: input.cacheKeyParameters ?? [],
    tlsConfig: input.tlsConfig,
    responseTransferMode: input.responseTransferMode,
  });
  putMethodOf(state, call, found, input.httpMethod, { ...found.method, methodIntegration: integration });
  return integration;
};
