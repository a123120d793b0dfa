import type { RequestValidator } from "@aws-sdk/client-api-gateway";
import { applyPatch, flagOf, listingWords, type PatchRow } from "../../patch.js";
import { badRequest } from "../../refusals.js";
import type { ApiGatewayOperation } from "../../state.js";
import { getValidator, putValidator } from "./request-validator.js";

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
    replace: (validator, value) => ({ ...validator, validateRequestParameters: flagOf(value) }),
  },
  {
    path: "/validateRequestBody",
    replace: (validator, value) => ({ ...validator, validateRequestBody: flagOf(value) }),
  },
];

export const updateRequestValidator: ApiGatewayOperation<"UpdateRequestValidator"> = (input, state, call) => {
  const { requestValidatorId: id } = input;
  const { api, validator } = getValidator(state, call, input.restApiId, id);
  const patched = applyPatch(validator, input.patchOperations, rows, listingWords, "updateRequestValidatorInput");
  putValidator(state, call, api, id, patched);
  return patched;
};
