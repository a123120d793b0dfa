import { checkStatusCode, conflict } from "../../refusals.js";
import { type ApiGatewayOperation, getMethod } from "../../state.js";
import { checkMethodResponse, putMethodResponseOf } from "./method-response.js";

export const putMethodResponse: ApiGatewayOperation<"PutMethodResponse"> = (input, state, call) => {
  const statusCode = checkStatusCode(input.statusCode);
  const found = getMethod(state, call, input);
  if (found.method.methodResponses?.[statusCode]) throw conflict("Response already exists for this resource");
  const response = checkMethodResponse(found.api.definition, {
    statusCode,
    responseParameters: input.responseParameters,
    responseModels: input.responseModels,
  });
  putMethodResponseOf(state, call, found, statusCode, response);
  return response;
};
