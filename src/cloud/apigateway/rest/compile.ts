// A deployment compiled for requests: a router, and for each method what its requests need.

import type { GatewayResponseType } from "@aws-sdk/client-api-gateway";
import type {
  ApiDefinition,
  IntegrationDocument as Integration,
  IntegrationResponseDocument as IntegrationResponse,
  MethodDocument as Method,
  ResourceDocument,
} from "../documents.js";
import { type Templates, templatesOf } from "../integrations/template.js";
import { type BodyValidators, bodyValidators } from "./body-validators.js";
import { type CompiledGatewayResponse, gatewayResponseCompiler } from "./gateway-response.js";
import { mediaTypeMatcher } from "./media-types.js";
import { Router } from "./router.js";

export interface CompiledResponse {
  readonly statusCode: string;
  /** The pattern that selects this response; undefined: this is the default response. */
  readonly selectionPattern: string | undefined;
  readonly document: IntegrationResponse;
  readonly templates: Templates;
}

export interface CompiledIntegration {
  readonly document: Integration;
  readonly templates: Templates;
  readonly responses: readonly CompiledResponse[];
}

export interface CompiledMethod {
  readonly resource: ResourceDocument;
  /** POST, or ANY. */
  readonly document: Method;
  readonly validatesBody: boolean;
  /** `method.request.header.x`, in the order in which they were set; undefined: parameters are not validated. */
  readonly requiredParameters: readonly string[] | undefined;
  readonly integration: CompiledIntegration | undefined;
}

export interface CompiledApi {
  /** Distinguishes deployments, also of different APIs. */
  readonly key: string;
  readonly definition: ApiDefinition;
  readonly router: Router<ReadonlyMap<string, CompiledMethod>>;
  readonly bodyValidators: BodyValidators;
  readonly isBinary: (contentType: string | undefined) => boolean;
  /** The API's own or the built-in response of a type. */
  readonly gatewayResponse: (type: GatewayResponseType) => CompiledGatewayResponse;
}

let compiledCount = 0;

export function compileApi(definition: ApiDefinition): CompiledApi {
  const compiled = new Map(
    Object.values(definition.resources).map((resource) => [
      resource.id,
      new Map(
        Object.entries(resource.methods).map(([name, method]) => [name, compileMethod(definition, resource, method)]),
      ),
    ]),
  );
  return {
    key: String(++compiledCount),
    definition,
    router: new Router(Object.values(definition.resources), ({ id }) => compiled.get(id) ?? new Map()),
    bodyValidators: bodyValidators(definition.models),
    isBinary: mediaTypeMatcher(definition.binaryMediaTypes ?? []),
    gatewayResponse: gatewayResponseCompiler(definition.gatewayResponses),
  };
}

export function compileMethod(definition: ApiDefinition, resource: ResourceDocument, document: Method): CompiledMethod {
  const validator = definition.validators[document.requestValidatorId ?? ""];
  const required = Object.entries(document.requestParameters ?? {}).filter(([, isRequired]) => isRequired);
  return {
    resource,
    document,
    validatesBody: validator?.validateRequestBody ?? false,
    requiredParameters: validator?.validateRequestParameters ? required.map(([name]) => name) : undefined,
    integration: document.methodIntegration && compileIntegration(document.methodIntegration),
  };
}

function compileIntegration(document: Integration): CompiledIntegration {
  const responses = Object.entries(document.integrationResponses ?? {}).sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return {
    document,
    templates: templatesOf(document.requestTemplates),
    responses: responses.map(([statusCode, response]) => ({
      statusCode,
      selectionPattern: response.selectionPattern || undefined,
      document: response,
      templates: templatesOf(response.responseTemplates),
    })),
  };
}
