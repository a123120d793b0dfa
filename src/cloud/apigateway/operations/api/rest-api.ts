// What the operations on REST APIs share: a new API's parts, the answer, and the checks of its settings.

import type { EndpointConfiguration, RestApi } from "@aws-sdk/client-api-gateway";
import type { ApiDefinition, ApiDocument } from "../../documents.js";
import { badRequest, enumViolation, rejectViolations } from "../../errors.js";
import { type ApiGatewayState, apiIdLength, partIdLength } from "../../state.js";

/** The most that can be asked for, and what AWS says of anything else. */
const compressionSizeMax = 10_485_760;
const endpointTypes = ["PRIVATE", "EDGE", "REGIONAL"];

/** An API with its root resource and the two models that every API begins with. */
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

export function restApiOf({ definition, createdMs, policy, ...api }: ApiDocument): RestApi {
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
    policy,
    tags: api.tags && { ...api.tags },
    disableExecuteApiEndpoint: definition.disableExecuteApiEndpoint,
    rootResourceId: definition.rootResourceId,
  };
}

/** @throws AwsError ValidationException, BadRequestException */
export function checkEndpoint(asked: EndpointConfiguration | undefined, input: string): EndpointConfiguration {
  const types = asked?.types;
  const at = `${input}.endpointConfiguration`;
  const wrong = types?.filter((type) => !endpointTypes.includes(type)) ?? [];
  rejectViolations([
    ...(wrong.length > 0
      ? [
          {
            at: `${at}.types`,
            value: `[${types?.join(", ")}]`,
            constraint: `Member must satisfy constraint: [Member must satisfy enum value set: [${endpointTypes.join(", ")}]]`,
          },
        ]
      : []),
    ...enumViolation(`${at}.ipAddressType`, asked?.ipAddressType, ["ipv4", "dualstack"]),
  ]);
  if (types?.length === 0) throw badRequest("REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.");
  if (types && types.length > 1) throw badRequest("Cannot create an api with multiple Endpoint Types.");
  const isPrivate = types?.[0] === "PRIVATE";
  if (isPrivate && asked?.ipAddressType === "ipv4") {
    throw badRequest("Only dualstack ipAddressType is supported for Private APIs.");
  }
  return {
    ...asked,
    types: types ?? ["EDGE"],
    ipAddressType: asked?.ipAddressType ?? (isPrivate ? "dualstack" : "ipv4"),
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
