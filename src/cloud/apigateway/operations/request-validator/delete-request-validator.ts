import { conflict } from "../../errors.js";
import type { ApiGatewayOperation } from "../../state.js";
import { requireValidator, saveValidator } from "./request-validator.js";

export const deleteRequestValidator: ApiGatewayOperation<"DeleteRequestValidator"> = (input, state, call) => {
  const { requestValidatorId: id } = input;
  const { api } = requireValidator(state, call, input.restApiId, id);
  for (const { path, methods } of Object.values(api.definition.resources)) {
    for (const [httpMethod, method] of Object.entries(methods)) {
      if (method.requestValidatorId === id) {
        throw conflict(`Cannot delete validator '${id}', is referenced in method request: ${path}/${httpMethod}`);
      }
    }
  }
  saveValidator(state, call, api, id, undefined);
  return {};
};
