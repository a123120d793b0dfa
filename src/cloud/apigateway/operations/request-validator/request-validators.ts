// The operations on request validators, which methods refer to by id.

import type { RequestValidator } from "@aws-sdk/client-api-gateway";
import type { Call } from "../../../protocol/operation.js";
import type { ApiDocument } from "../../documents.js";
import { badRequest, conflict, notFound } from "../../errors.js";
import { page } from "../../pagination.js";
import { applyPatch, listingMessages, type PatchRow, parseBoolean } from "../../patch.js";
import {
  type ApiGatewayOperation,
  type ApiGatewayState,
  entryOf,
  findApi,
  partIdLength,
  requireApi,
  saveApi,
  withDefinition,
  withEntry,
} from "../../state.js";

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

export const getRequestValidator: ApiGatewayOperation<"GetRequestValidator"> = (input, state, call) =>
  requireValidator(state, call, input.restApiId, input.requestValidatorId).validator;

export const getRequestValidators: ApiGatewayOperation<"GetRequestValidators"> = (input, state, call) => {
  const { validators } = requireApi(state, call, input.restApiId).definition;
  return page(Object.values(validators), ({ id = "" }) => id, input);
};

export const updateRequestValidator: ApiGatewayOperation<"UpdateRequestValidator"> = (input, state, call) => {
  const { requestValidatorId: id } = input;
  const { api, validator } = requireValidator(state, call, input.restApiId, id);
  const patched = applyPatch(validator, input.patchOperations, rows, listingMessages, "updateRequestValidatorInput");
  saveValidator(state, call, api, id, patched);
  return patched;
};

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

/** @throws AwsError NotFoundException, which names the validator also when the API does not exist, as AWS does */
function requireValidator(state: ApiGatewayState, call: Call, restApiId: string, id: string) {
  const api = findApi(state, call, restApiId);
  const validator = entryOf(api?.definition.validators, id);
  if (!api || !validator) throw notFound("Invalid Request Validator identifier specified");
  return { api, validator };
}

/** Stores the validator, or removes it when `validator` is undefined. */
function saveValidator(
  state: ApiGatewayState,
  call: Call,
  api: ApiDocument,
  id: string,
  validator: RequestValidator | undefined,
): void {
  saveApi(state, call, withDefinition(api, { validators: withEntry(api.definition.validators, id, validator) }));
}
