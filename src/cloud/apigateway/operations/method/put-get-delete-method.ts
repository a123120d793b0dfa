import { conflict } from "../../errors.js";
import { type ApiGatewayOperation, omitIfEmpty } from "../../state.js";
import { toMethod } from "../../templates.js";
import { requireResource } from "../resource/resource.js";
import { checkHttpMethod, checkMethod, requireMethod, saveMethod } from "./method.js";

export const putMethod: ApiGatewayOperation<"PutMethod"> = (input, state, call) => {
  const found = requireResource(state, call, input);
  const httpMethod = checkHttpMethod(input.httpMethod);
  const method = checkMethod(found.api.definition, {
    httpMethod,
    authorizationType: input.authorizationType?.toUpperCase(),
    apiKeyRequired: input.apiKeyRequired ?? false,
    operationName: input.operationName,
    requestValidatorId: input.requestValidatorId,
    requestParameters: omitIfEmpty(input.requestParameters),
    requestModels: omitIfEmpty(input.requestModels),
    authorizationScopes: input.authorizationScopes,
  });
  if (found.resource.methods[httpMethod]) throw conflict("Method already exists for this resource");
  saveMethod(state, call, found, httpMethod, method);
  return toMethod(method);
};

export const getMethod: ApiGatewayOperation<"GetMethod"> = (input, state, call) =>
  toMethod(requireMethod(state, call, input).method);

export const deleteMethod: ApiGatewayOperation<"DeleteMethod"> = (input, state, call) => {
  saveMethod(state, call, requireMethod(state, call, input), input.httpMethod, undefined);
  return {};
};
