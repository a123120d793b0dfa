import type { RequestValidator } from "@aws-sdk/client-api-gateway";
import { badRequest } from "../../errors.js";
import { applyPatch, listingMessages, type PatchRow, parseBoolean } from "../../patch.js";
import type { ApiGatewayOperation } from "../../state.js";
import { requireValidator, saveValidator } from "./request-validator.js";

const rows: readonly PatchRow<RequestValidator>[] = [
  {
    path: "/name",
    replace: (validator, name) => {
      if (name === "") throw badRequest("Request Validator name cannot be blank");
      return { ...validator, name };
    },
  },
  {
    path: "/validateRequestParameters",
    replace: (validator, value) => ({ ...validator, validateRequestParameters: parseBoolean(value) }),
  },
  {
    path: "/validateRequestBody",
    replace: (validator, value) => ({ ...validator, validateRequestBody: parseBoolean(value) }),
  },
];

export const updateRequestValidator: ApiGatewayOperation<"UpdateRequestValidator"> = (input, state, call) => {
  const { requestValidatorId: id } = input;
  const { api, validator } = requireValidator(state, call, input.restApiId, id);
  const patched = applyPatch(validator, input.patchOperations, rows, listingMessages, "updateRequestValidatorInput");
  saveValidator(state, call, api, id, patched);
  return patched;
};
