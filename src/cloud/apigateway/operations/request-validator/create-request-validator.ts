import { badRequest } from "../../errors.js";
import { type ApiGatewayOperation, findApi, partIdLength } from "../../state.js";
import { saveValidator } from "./request-validator.js";

export const createRequestValidator: ApiGatewayOperation<"CreateRequestValidator"> = (input, state, call) => {
  const api = findApi(state, call, input.restApiId);
  if (!api) throw badRequest("Invalid REST API identifier specified");
  const validator = {
    id: state.newId(partIdLength),
    name: input.name,
    validateRequestBody: input.validateRequestBody ?? false,
    validateRequestParameters: input.validateRequestParameters ?? false,
  };
  saveValidator(state, call, api, validator.id, validator);
  return validator;
};
