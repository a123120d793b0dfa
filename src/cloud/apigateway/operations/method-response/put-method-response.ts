import { checkStatusCode, conflict } from "../../errors.js";
import { type ApiGatewayOperation, requireMethod } from "../../state.js";
import { checkMethodResponse, saveMethodResponse } from "./method-response.js";

export const putMethodResponse: ApiGatewayOperation<"PutMethodResponse"> = (input, state, call) => {
  const statusCode = checkStatusCode(input.statusCode);
  const found = requireMethod(state, call, input);
  if (found.method.methodResponses?.[statusCode]) throw conflict("Response already exists for this resource");
  const response = checkMethodResponse(found.api.definition, {
    statusCode,
    responseParameters: input.responseParameters,
    responseModels: input.responseModels,
  });
  saveMethodResponse(state, call, found, statusCode, response);
  return response;
};
