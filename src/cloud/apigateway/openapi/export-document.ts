// A deployed API as an OpenAPI 3.0 or Swagger 2.0 document, with API Gateway's extensions when they are asked for.

import type { Integration, Method, MethodResponse } from "@aws-sdk/client-api-gateway";
import type { ApiDefinition } from "../documents.js";

export interface ExportOptions {
  readonly dialect: "oas30" | "swagger";
  /** The API's name and version, and where it is served. */
  readonly title: string;
  readonly version: string;
  readonly host: string;
  readonly stageName: string;
  /** `extensions=integrations` or `apigateway`. */
  readonly withIntegrations: boolean;
  /** `extensions=apigateway`: validators, gateway responses and the other settings of the API. */
  readonly withSettings: boolean;
}

export function exportDocument(definition: ApiDefinition, options: ExportOptions): object {
  const isOas3 = options.dialect === "oas30";
  const { title, version, host, stageName } = options;
  const info = { title, version };
  const head = isOas3
    ? {
        openapi: "3.0.1",
        info,
        servers: [{ url: `https://${host}/{basePath}`, variables: { basePath: { default: stageName } } }],
      }
    : { swagger: "2.0", info, host, basePath: `/${stageName}`, schemes: ["https"] };
  const schemas = schemasOf(definition, options);
  const securitySchemes = { api_key: { type: "apiKey", name: "x-api-key", in: "header" } };
  const isGuarded = methodsOf(definition).some(({ apiKeyRequired }) => apiKeyRequired);
  const guards = isGuarded ? securitySchemes : undefined;
  return clean({
    ...head,
    paths: pathsOf(definition, options),
    ...(isOas3
      ? { components: { schemas, securitySchemes: guards } }
      : { definitions: schemas, securityDefinitions: guards }),
    ...(options.withSettings ? settingsOf(definition) : {}),
  });
}

/** Without members that are undefined: they would not survive JSON anyway, and comparisons see them. */
function clean(document: object): object {
  return JSON.parse(JSON.stringify(document));
}

function methodsOf({ resources }: ApiDefinition): Method[] {
  return Object.values(resources).flatMap(({ methods }) => Object.values(methods));
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

function operationOf({ validators }: ApiDefinition, method: Method, options: ExportOptions): object {
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

function producedBy(method: Method): string[] {
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

function schemasOf({ models }: ApiDefinition, options: ExportOptions): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(models).map(([name, { schema = "{}" }]) => [name, schemaOf(schema, options)]),
  );
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

function integrationOf(integration: Integration): object {
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
    timeoutInMillis: integration.timeoutInMillis,
    connectionType: integration.connectionType,
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
