import { checkStatusCode, conflict } from "../../errors.js";
import type { ApiGatewayOperation } from "../../state.js";
import { requireMethod } from "../method/method.js";
import { checkMethodResponse, requireMethodResponse, saveMethodResponse } from "./method-response.js";

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

export const getMethodResponse: ApiGatewayOperation<"GetMethodResponse"> = (input, state, call) => {
  checkStatusCode(input.statusCode);
  return requireMethodResponse(state, call, input).response;
};

export const deleteMethodResponse: ApiGatewayOperation<"DeleteMethodResponse"> = (input, state, call) => {
  const statusCode = checkStatusCode(input.statusCode);
  saveMethodResponse(state, call, requireMethodResponse(state, call, input), statusCode, undefined);
  return {};
};
