import { checkStatusCode } from "../../errors.js";
import { type ApiGatewayOperation, requireIntegration } from "../../state.js";
import { checkContentTypes, checkResponseMapping } from "../integration/mapping.js";
import { omitIfEmpty } from "../method/method.js";
import { saveIntegrationResponse } from "./integration-response.js";

export const putIntegrationResponse: ApiGatewayOperation<"PutIntegrationResponse"> = (input, state, call) => {
  const statusCode = checkStatusCode(input.statusCode);
  const found = requireIntegration(state, call, input);
  checkContentTypes(input.responseTemplates);
  checkResponseMapping(found.method, statusCode, input.responseParameters);
  const response = {
    statusCode,
    selectionPattern: input.selectionPattern,
    responseParameters: omitIfEmpty(input.responseParameters),
    responseTemplates: omitIfEmpty(input.responseTemplates),
    contentHandling: input.contentHandling,
  };
  saveIntegrationResponse(state, call, found, statusCode, response);
  return response;
};
