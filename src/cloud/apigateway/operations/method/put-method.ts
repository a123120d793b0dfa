import { conflict } from "../../errors.js";
import { type ApiGatewayOperation, requireResource, saveMethod } from "../../state.js";
import { checkHttpMethod, checkMethod, omitIfEmpty } from "./method.js";

export const putMethod: ApiGatewayOperation<"PutMethod"> = (input, state, call) => {
  const found = requireResource(state, call, input);
  const httpMethod = checkHttpMethod(input.httpMethod);
  const method = checkMethod(found.api.definition, {
    httpMethod,
    authorizationType: input.authorizationType,
    apiKeyRequired: input.apiKeyRequired ?? false,
    operationName: input.operationName,
    requestValidatorId: input.requestValidatorId,
    requestParameters: omitIfEmpty(input.requestParameters),
    requestModels: omitIfEmpty(input.requestModels),
    authorizationScopes: input.authorizationScopes,
  });
  if (found.resource.methods[httpMethod]) throw conflict("Method already exists for this resource");
  saveMethod(state, call, found, httpMethod, method);
  return method;
};
