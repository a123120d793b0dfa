import { checkStatusCode } from "../../refusals.js";
import { type ApiGatewayOperation, getIntegration } from "../../state.js";
import { checkContentTypes, checkResponseMapping } from "../integration/mapping.js";
import { unlessEmpty } from "../method/method.js";
import { putIntegrationResponseOf } from "./integration-response.js";

export const putIntegrationResponse: ApiGatewayOperation<"PutIntegrationResponse"> = (input, state, call) => {
  const statusCode = checkStatusCode(input.statusCode);
  const found = getIntegration(state, call, input);
  checkContentTypes(input.responseTemplates);
  checkResponseMapping(found.method, statusCode, input.responseParameters);
  const response = {
    statusCode,
    selectionPattern: input.selectionPattern,
    responseParameters: unlessEmpty(input.responseParameters),
    responseTemplates: unlessEmpty(input.responseTemplates),
    contentHandling: input.contentHandling,
  };
  putIntegrationResponseOf(state, call, found, statusCode, response);
  return response;
};
