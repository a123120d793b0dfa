// A deployed API as an OpenAPI 3.0 or Swagger 2.0 document, with API Gateway's extensions on request.

import { setImmediate } from "node:timers/promises";
import type { MethodResponse } from "@aws-sdk/client-api-gateway";
import type { ApiDefinition, IntegrationDocument, MethodDocument } from "../documents.js";
import { integrationTimeoutMsMax } from "../limits.js";

interface ExportOptions {
  readonly dialect: "oas30" | "swagger";
  readonly title: string;
  readonly version: string;
  /** `{api}.execute-api.{region}.amazonaws.com` */
  readonly host: string;
  readonly stageName: string;
  /** `extensions=integrations` or `apigateway`. */
  readonly withIntegrations: boolean;
  /** `extensions=apigateway`: validators, gateway responses and the other settings of the API. */
  readonly withSettings: boolean;
}

/** The document; members that are undefined are left out when it is written as JSON. */
export async function exportDocument(definition: ApiDefinition, options: ExportOptions): Promise<object> {
  const isOas3 = options.dialect === "oas30";
  const { title, version, host, stageName } = options;
  const info = { title, version };
  const header = isOas3
    ? {
        openapi: "3.0.1",
        info,
        servers: [{ url: `https://${host}/{basePath}`, variables: { basePath: { default: stageName } } }],
      }
    : { swagger: "2.0", info, host, basePath: `/${stageName}`, schemes: ["https"] };
  const schemas = await schemasOf(definition, options);
  const securitySchemes = needsApiKey(definition)
    ? { api_key: { type: "apiKey", name: "x-api-key", in: "header" } }
    : undefined;
  return {
    ...header,
    paths: pathsOf(definition, options),
    ...(isOas3
      ? { components: { schemas, securitySchemes } }
      : { definitions: schemas, securityDefinitions: securitySchemes }),
    ...(options.withSettings ? settingsOf(definition) : {}),
  };
}

function needsApiKey({ resources }: ApiDefinition): boolean {
  return Object.values(resources).some(({ methods }) =>
    Object.values(methods).some(({ apiKeyRequired }) => apiKeyRequired),
  );
}

function pathsOf(definition: ApiDefinition, options: ExportOptions): Record<string, object> {
  const withMethods = Object.values(definition.resources).filter(({ methods }) => Object.keys(methods).length > 0);
  return Object.fromEntries(
    withMethods
      .sort((one, other) => (one.path < other.path ? -1 : 1))
      .map(({ path, methods }) => [
        path,
        Object.fromEntries(
          Object.entries(methods).map(([httpMethod, method]) => [
            httpMethod === "ANY" ? "x-amazon-apigateway-any-method" : httpMethod.toLowerCase(),
            operationOf(definition, method, options),
          ]),
        ),
      ]),
  );
}

const parameterForm = /^method\.request\.(?:multivalue)?(path|querystring|header)\.(.+)$/;

function operationOf({ validators }: ApiDefinition, method: MethodDocument, options: ExportOptions): object {
  const isOas3 = options.dialect === "oas30";
  const type = isOas3 ? { schema: { type: "string" } } : { type: "string" };
  const parameters: object[] = Object.entries(method.requestParameters ?? {}).map(([parameter, isRequired]) => {
    const [, location = "", name] = parameterForm.exec(parameter) ?? [];
    return {
      name,
      in: location === "querystring" ? "query" : location,
      ...(isRequired ? { required: true } : {}),
      ...type,
    };
  });
  const models = Object.entries(method.requestModels ?? {});
  if (!isOas3) {
    const [model] = models.map(([, name]) => name);
    if (model !== undefined)
      parameters.push({ in: "body", name: model, required: true, schema: referenceTo(model, options) });
  }
  return {
    operationId: method.operationName,
    ...(isOas3 ? {} : { consumes: models.map(([contentType]) => contentType), produces: producedBy(method) }),
    parameters: parameters.length > 0 ? parameters : undefined,
    requestBody: isOas3 && models.length > 0 ? { content: contentOf(models, options), required: true } : undefined,
    responses: Object.fromEntries(
      Object.entries(method.methodResponses ?? {}).map(([status, response]) => [
        status,
        responseOf(status, response, options),
      ]),
    ),
    security: method.apiKeyRequired ? [{ api_key: [] }] : undefined,
    "x-amazon-apigateway-auth": method.authorizationType === "AWS_IAM" ? { type: "AWS_IAM" } : undefined,
    "x-amazon-apigateway-request-validator": options.withSettings
      ? validators[method.requestValidatorId ?? ""]?.name
      : undefined,
    "x-amazon-apigateway-integration":
      options.withIntegrations && method.methodIntegration ? integrationOf(method.methodIntegration) : undefined,
  };
}

function producedBy(method: MethodDocument): string[] {
  const types = Object.values(method.methodResponses ?? {}).flatMap(({ responseModels }) =>
    Object.keys(responseModels ?? {}),
  );
  return [...new Set(types)];
}

function responseOf(status: string, response: MethodResponse, options: ExportOptions): object {
  const isOas3 = options.dialect === "oas30";
  const headers = Object.keys(response.responseParameters ?? {}).map((parameter) => [
    parameter.replace("method.response.header.", ""),
    isOas3 ? { schema: { type: "string" } } : { type: "string" },
  ]);
  const models = Object.entries(response.responseModels ?? {});
  const [model] = models.map(([, name]) => name);
  return {
    description: `${status} response`,
    headers: headers.length > 0 ? Object.fromEntries(headers) : undefined,
    ...(isOas3
      ? { content: models.length > 0 ? contentOf(models, options) : {} }
      : { schema: model === undefined ? undefined : referenceTo(model, options) }),
  };
}

function contentOf(models: readonly (readonly [string, string])[], options: ExportOptions): object {
  return Object.fromEntries(
    models.map(([contentType, model]) => [contentType, { schema: referenceTo(model, options) }]),
  );
}

function referenceTo(model: string, { dialect }: ExportOptions): { $ref: string } {
  return { $ref: dialect === "oas30" ? `#/components/schemas/${model}` : `#/definitions/${model}` };
}

const modelReference = /^https?:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([^/#]+)$/;

/** After this many characters of schemas, about 10 ms of work, other requests get a turn. */
const charactersPerSlice = 200_000;

async function schemasOf({ models }: ApiDefinition, options: ExportOptions): Promise<Record<string, unknown>> {
  const schemas: [string, unknown][] = [];
  let characters = 0;
  for (const [name, { schema = "{}" }] of Object.entries(models)) {
    schemas.push([name, schemaOf(schema, options)]);
    characters += schema.length;
    if (characters < charactersPerSlice) continue;
    characters = 0;
    await setImmediate();
  }
  return Object.fromEntries(schemas);
}

function schemaOf(schema: string, options: ExportOptions): unknown {
  try {
    return JSON.parse(schema, (key, value: unknown) => {
      if (key === "$schema" || key === "id") return typeof value === "string" ? undefined : value;
      const name = key === "$ref" && typeof value === "string" ? modelReference.exec(value)?.[1] : undefined;
      return name === undefined ? value : referenceTo(name, options).$ref;
    });
  } catch {
    return {};
  }
}

function integrationOf(integration: IntegrationDocument): object {
  const responses = Object.values(integration.integrationResponses ?? {}).map(
    ({ selectionPattern, statusCode, responseParameters, responseTemplates, contentHandling }) => [
      selectionPattern || "default",
      { statusCode, responseParameters, responseTemplates, contentHandling },
    ],
  );
  return {
    type: integration.type?.toLowerCase(),
    httpMethod: integration.httpMethod,
    uri: integration.uri,
    credentials: integration.credentials,
    responses: responses.length > 0 ? Object.fromEntries(responses) : undefined,
    requestParameters: integration.requestParameters,
    requestTemplates: integration.requestTemplates,
    passthroughBehavior: integration.passthroughBehavior?.toLowerCase(),
    contentHandling: integration.contentHandling,
    // AWS leaves defaults out.
    timeoutInMillis: integration.timeoutInMillis === integrationTimeoutMsMax ? undefined : integration.timeoutInMillis,
    connectionType: integration.connectionType === "INTERNET" ? undefined : integration.connectionType,
    connectionId: integration.connectionId,
    tlsConfig: integration.tlsConfig,
  };
}

function settingsOf({ validators, gatewayResponses, binaryMediaTypes, minimumCompressionSize }: ApiDefinition): object {
  const named = Object.values(validators).map(({ name, validateRequestBody, validateRequestParameters }) => [
    name,
    { validateRequestParameters, validateRequestBody },
  ]);
  const responses = Object.entries(gatewayResponses).map(
    ([type, { statusCode, responseParameters, responseTemplates }]) => [
      type,
      { statusCode, responseParameters, responseTemplates },
    ],
  );
  return {
    "x-amazon-apigateway-request-validators": named.length > 0 ? Object.fromEntries(named) : undefined,
    "x-amazon-apigateway-gateway-responses": responses.length > 0 ? Object.fromEntries(responses) : undefined,
    "x-amazon-apigateway-binary-media-types": binaryMediaTypes,
    "x-amazon-apigateway-minimum-compression-size": minimumCompressionSize,
  };
}
