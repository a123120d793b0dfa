import type { RequestValidator } from "@aws-sdk/client-api-gateway";
import type { Call } from "../../../protocol/operation.js";
import type { ApiDocument } from "../../documents.js";
import { notFound } from "../../errors.js";
import { type ApiGatewayState, entryOf, findApi, saveApi, withEntry } from "../../state.js";

/** @throws AwsError NotFoundException; of the validator also when there is no such API, as AWS does */
export function requireValidator(state: ApiGatewayState, call: Call, restApiId: string, id: string) {
  const api = findApi(state, call, restApiId);
  const validator = entryOf(api?.definition.validators, id);
  if (!api || !validator) throw notFound("Invalid Request Validator identifier specified");
  return { api, validator };
}

/** Stores the validator, or removes it when `validator` is undefined. */
export function saveValidator(
  state: ApiGatewayState,
  call: Call,
  api: ApiDocument,
  id: string,
  validator: RequestValidator | undefined,
): void {
  const { definition } = api;
  saveApi(state, call, {
    ...api,
    definition: { ...definition, validators: withEntry(definition.validators, id, validator) },
  });
}
