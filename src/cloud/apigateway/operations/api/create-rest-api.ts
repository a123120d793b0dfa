import type { AccountRegion } from "../../../service-interfaces.js";
import type { ApiDocument } from "../../documents.js";
import { badRequest } from "../../errors.js";
import { type ApiGatewayOperation, type ApiGatewayState, apiIdLength, requireApi, saveApi } from "../../state.js";
import { checkCompressionSize, checkEndpoint, checkName, newDefinition, toRestApi } from "./rest-api.js";

export const createRestApi: ApiGatewayOperation<"CreateRestApi"> = (input, state, call) => {
  const endpointConfiguration = checkEndpoint(input.endpointConfiguration, "createRestApiInput");
  if (input.description === "") throw badRequest("Description cannot be an empty string");
  const name = checkName(input.name);
  const cloned = input.cloneFrom === undefined ? undefined : requireApi(state, call, input.cloneFrom).definition;
  return toRestApi(
    addApi(state, call, {
      id: state.newId(apiIdLength),
      name,
      description: input.description,
      version: input.version,
      createdMs: state.clock.nowMs(),
      endpointConfiguration,
      policy: input.policy,
      tags: input.tags,
      definition: {
        ...(cloned ?? newDefinition(state)),
        binaryMediaTypes: input.binaryMediaTypes?.length ? input.binaryMediaTypes : cloned?.binaryMediaTypes,
        minimumCompressionSize:
          input.minimumCompressionSize === undefined ? undefined : checkCompressionSize(input.minimumCompressionSize),
        apiKeySource: input.apiKeySource ?? "HEADER",
        disableExecuteApiEndpoint: input.disableExecuteApiEndpoint ?? false,
      },
    }),
  );
};

/** Stores a new API, and its account and region, which its invoke URL does not carry. */
export function addApi(state: ApiGatewayState, { account, region }: AccountRegion, api: ApiDocument): ApiDocument {
  return state.store.write(() => {
    state.places.put([api.id], { account, region });
    return saveApi(state, { account, region }, api);
  });
}
