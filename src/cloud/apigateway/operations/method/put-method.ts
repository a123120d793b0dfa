import { conflict } from "../../refusals.js";
import { type ApiGatewayOperation, getResource, putMethodOf } from "../../state.js";
import { checkHttpMethod, checkMethod, unlessEmpty } from "./method.js";

export const putMethod: ApiGatewayOperation<"PutMethod"> = (input, state, call) => {
  const found = getResource(state, call, input);
  const httpMethod = checkHttpMethod(input.httpMethod);
  const method = checkMethod(found.api.definition, {
    httpMethod,
    authorizationType: input.authorizationType,
    apiKeyRequired: input.apiKeyRequired ?? false,
    operationName: input.operationName,
    requestValidatorId: input.requestValidatorId,
    requestParameters: unlessEmpty(input.requestParameters),
    requestModels: unlessEmpty(input.requestModels),
    authorizationScopes: input.authorizationScopes,
  });
  if (found.resource.methods[httpMethod]) throw conflict("Method already exists for this resource");
  putMethodOf(state, call, found, httpMethod, method);
  return method;
};
