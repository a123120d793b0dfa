// The default definition of a REST API, and the checks of its settings.

import type { EndpointConfiguration, RestApi } from "@aws-sdk/client-api-gateway";
import type { ApiDefinition, ApiDocument } from "../../documents.js";
import { badRequest, enumViolation, rejectViolations } from "../../errors.js";
import { type ApiGatewayState, apiIdLength, partIdLength } from "../../state.js";

/** The largest minimum compression size. */
const compressionSizeMax = 10_485_760;
const endpointTypes = ["PRIVATE", "EDGE", "REGIONAL"];

/** The definition of a new API: a root resource and AWS's two default models. */
export function newDefinition(state: ApiGatewayState): ApiDefinition {
  const rootResourceId = state.newId(apiIdLength);
  return {
    rootResourceId,
    resources: { [rootResourceId]: { id: rootResourceId, path: "/", methods: {} } },
    models: {
      Empty: {
        id: state.newId(partIdLength),
        name: "Empty",
        description: "This is a default empty schema model",
        contentType: "application/json",
        schema:
          '{\n  "$schema": "http://json-schema.org/draft-04/schema#",\n  "title" : "Empty Schema",\n  "type" : "object"\n}',
      },
      Error: {
        id: state.newId(partIdLength),
        name: "Error",
        description: "This is a default error schema model",
        contentType: "application/json",
        schema:
          '{\n  "$schema" : "http://json-schema.org/draft-04/schema#",\n  "title" : "Error Schema",\n  "type" : "object",\n  "properties" : {\n    "message" : { "type" : "string" }\n  }\n}',
      },
    },
    validators: {},
    gatewayResponses: {},
    apiKeySource: "HEADER",
    disableExecuteApiEndpoint: false,
  };
}

/** The API as AWS returns it in lists and when it is created: without tags when it has none. */
export function toRestApi({ definition, createdMs, policy, ...api }: ApiDocument): RestApi {
  return {
    id: api.id,
    name: api.name,
    description: api.description,
    version: api.version,
    createdDate: new Date(createdMs),
    binaryMediaTypes: definition.binaryMediaTypes && [...definition.binaryMediaTypes],
    minimumCompressionSize: definition.minimumCompressionSize,
    apiKeySource: definition.apiKeySource,
    endpointConfiguration: api.endpointConfiguration,
    // AWS escapes the quotes once more than JSON needs: clients unescape them.
    policy: policy === undefined ? undefined : JSON.stringify(policy).slice(1, -1),
    tags: api.tags && { ...api.tags },
    disableExecuteApiEndpoint: definition.disableExecuteApiEndpoint,
    rootResourceId: definition.rootResourceId,
  };
}

/** The API as AWS returns it alone: with tags, also when it has none. */
export function toTaggedRestApi(api: ApiDocument): RestApi {
  return { ...toRestApi(api), tags: { ...api.tags } };
}

/** @throws AwsError ValidationException, BadRequestException */
export function checkEndpoint(requested: EndpointConfiguration | undefined, input: string): EndpointConfiguration {
  const types = requested?.types;
  const at = `${input}.endpointConfiguration`;
  const unknownTypes = types?.filter((type) => !endpointTypes.includes(type)) ?? [];
  rejectViolations([
    ...(unknownTypes.length > 0
      ? [
          {
            at: `${at}.types`,
            value: `[${types?.join(", ")}]`,
            constraint: `Member must satisfy constraint: [Member must satisfy enum value set: [${endpointTypes.join(", ")}]]`,
          },
        ]
      : []),
    ...enumViolation(`${at}.ipAddressType`, requested?.ipAddressType, ["ipv4", "dualstack"]),
  ]);
  if (types?.length === 0) throw badRequest("REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.");
  if (types && types.length > 1) throw badRequest("Cannot create an api with multiple Endpoint Types.");
  const isPrivate = types?.[0] === "PRIVATE";
  if (isPrivate && requested?.ipAddressType === "ipv4") {
    throw badRequest("Only dualstack ipAddressType is supported for Private APIs.");
  }
  return {
    ...requested,
    types: types ?? ["EDGE"],
    ipAddressType: requested?.ipAddressType ?? (isPrivate ? "dualstack" : "ipv4"),
  };
}

/** @throws AwsError BadRequestException */
export function checkCompressionSize(size: number): number {
  if (!(Number.isInteger(size) && size >= 0 && size <= compressionSizeMax)) {
    throw badRequest(`Invalid minimum compression size, must be between 0 and ${compressionSizeMax}`);
  }
  return size;
}

/** @throws AwsError BadRequestException */
export function checkName(name: string | undefined): string {
  if (name === undefined || name.trim() === "") throw badRequest("API name must be non-empty");
  return name;
}
