// The API contract in the form that API Gateway imports: OpenAPI 3.0 with API Gateway's extensions. API Gateway does
// not import OpenAPI 3.1, and its models are JSON Schema draft 4 without anyOf and additionalProperties.

import {
  type ApiSubject,
  bodySchemas,
  exampleOf,
  isObject,
  type JsonSchema,
  openApiDocument,
} from "../../contract/index.js";
import type { Names, Place } from "../names.js";
import type { Spec } from "../spec.js";
import { toDraft4, toOpenApi30 } from "./gateway-schema.js";
import { infoIntegration, infoTemplate } from "./info-routes.js";
import { allowOrigin, corsHeaders, type Integration, lambdaIntegration, preflightIntegration } from "./integration.js";
import type { ErrorPrefixes } from "./responses.js";

export interface Api {
  readonly document: GatewayDocument;
  /** The model that validates request bodies: its name, and its schema as JSON text. */
  readonly requestModel: { readonly name: string; readonly schema: string };
}

/** What of the document other files read or extend; API Gateway reads all of it. */
export interface GatewayDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, GatewayOperation>>>>;
  readonly components: object;
  readonly [member: string]: unknown;
}

export interface GatewayOperation {
  readonly "x-amazon-apigateway-integration": Integration;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly [member: string]: unknown;
}

const requestModelName = "Request";

/** The function's alias is a stage variable, so that every stage calls its own alias. */
export function gatewayApi(spec: Spec, subject: ApiSubject, names: Names, place: Place, prefixes: ErrorPrefixes): Api {
  const { corsOrigin, route } = spec;
  const { info, paths, components } = openApiDocument({ title: spec.name, route }, subject);
  const post = paths[route]?.post;
  const functionArn = `${names.functionArn}:\${stageVariables.alias}`;
  const integration = lambdaIntegration(place, functionArn, subject.kind, prefixes);
  const withCors = (each: Integration) => (corsOrigin ? allowOrigin(corsOrigin, each) : each);
  const infoRoutes = Object.entries(paths).flatMap(([path, { get }]) => {
    if (!get) return [];
    const withInfo = infoIntegration(integration, infoTemplate(path, spec));
    const responses = withCorsHeader(corsOrigin, declaredResponses(get.responses, withInfo));
    return [[path, { get: { ...get, responses, "x-amazon-apigateway-integration": withCors(withInfo) } }] as const];
  });
  const infoByPath = Object.fromEntries(infoRoutes);
  const schemas = { ...components.schemas, ...expressibleSchemas(subject) };
  const document = {
    openapi: "3.0.1",
    info,
    paths: {
      ...infoByPath,
      [route]: {
        post: {
          ...post,
          responses: withCorsHeader(corsOrigin, post?.responses ?? {}),
          "x-amazon-apigateway-request-validator": "body",
          "x-amazon-apigateway-integration": withCors(integration),
        },
        ...(corsOrigin ? { options: preflight(corsOrigin) } : {}),
      },
    },
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, toOpenApi30(schema)])),
    },
    "x-amazon-apigateway-request-validators": { body: { validateRequestBody: true, validateRequestParameters: false } },
    "x-amazon-apigateway-gateway-responses": gatewayResponses(corsOrigin, hintOf(subject)),
  };
  return { document, requestModel: { name: requestModelName, schema: JSON.stringify(validatedSchema(subject)) } };
}

/** A user's schema can contain anything; that of a model has nothing that OpenAPI 3.0 cannot leave out. */
function expressibleSchemas(subject: ApiSubject): Readonly<Record<string, JsonSchema>> {
  if (subject.kind === "model") return {};
  const { Request, Response } = bodySchemas(subject);
  return { Request: toDraft4(Request), Response: toDraft4(Response) };
}

/**
 * The part of a request that API Gateway validates before it invokes the function. Of a model's request these are the
 * members of the body: the validator cannot name the row and column of a wrong value, so the function validates the
 * rows.
 */
function validatedSchema(subject: ApiSubject): object {
  const $schema = "http://json-schema.org/draft-04/schema#";
  const { Request } = bodySchemas(subject);
  if (subject.kind === "code") return { $schema, ...toDraft4(Request) };
  const { properties, required: _required, ...rest } = Request;
  return {
    $schema,
    ...rest,
    properties: { ...(isObject(properties) ? properties : {}), ...rowsByForm },
    oneOf: Object.keys(rowsByForm).map((key) => ({ required: [key] })),
  };
}

/** Where the forms of a request have their rows: the tutorial's, MLflow's, and those of KServe's protocols. */
const rowsByForm: Readonly<Record<string, object>> = {
  values: { type: "array" },
  instances: { type: "array" },
  inputs: { type: ["array", "object"] },
  dataframe_split: { type: "object" },
  dataframe_records: { type: "array" },
};

/** API Gateway requires every status of the integration to be declared. */
function declaredResponses(declared: Readonly<Record<string, object>>, { responses }: Integration) {
  const others = Object.values(responses).map(({ statusCode }) => [statusCode, { description: "An error." }]);
  return { ...Object.fromEntries(others), ...declared };
}

/** An example in a hint that is longer is left out. */
const exampleCharactersMax = 200;

/** What to send instead of a body that API Gateway rejects: its validator does not name a key that is misspelled. */
function hintOf(subject: ApiSubject): string | undefined {
  if (subject.kind === "code") return undefined;
  const text = JSON.stringify(exampleOf(subject));
  const example = text.length <= exampleCharactersMax ? text : '{"values": [[...]]}';
  const methods = subject.signature.methods.map(({ name }) => name).join(", ");
  return `Did you mean "values"? For example: ${example}. Methods: ${methods}`;
}

/** Tell callers what is wrong with a body. API Gateway escapes the variables' values. */
function gatewayResponses(corsOrigin: string | undefined, hint?: string): Record<string, unknown> {
  // The template replaces variables, which start with a dollar sign.
  const hintMember = hint === undefined ? "" : `,"hint":${JSON.stringify(hint).replaceAll("$", "\\u0024")}`;
  const cors = corsOrigin && {
    responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": `'${corsOrigin}'` },
  };
  return {
    BAD_REQUEST_BODY: {
      statusCode: 400,
      responseTemplates: {
        "application/json": `{"message":$context.error.messageString,"problems":"$context.error.validationErrorString"${hintMember}}`,
      },
      ...cors,
    },
    UNSUPPORTED_MEDIA_TYPE: {
      statusCode: 415,
      responseTemplates: {
        "application/json":
          '{"message":$context.error.messageString,"problems":"Send JSON with the header Content-Type: application/json"}',
      },
      ...cors,
    },
    ...(cors ? { DEFAULT_4XX: cors, DEFAULT_5XX: cors } : {}),
  };
}

function preflight(origin: string): GatewayOperation {
  return {
    summary: "Tells browsers which pages may call the API.",
    responses: { "204": { description: "The CORS headers.", headers: headerSchemas(corsHeaders) } },
    "x-amazon-apigateway-integration": preflightIntegration(origin),
  };
}

function withCorsHeader(origin: string | undefined, responses: Readonly<Record<string, object>>): object {
  if (!origin) return responses;
  const headers = headerSchemas(["Access-Control-Allow-Origin"]);
  return Object.fromEntries(Object.entries(responses).map(([status, response]) => [status, { ...response, headers }]));
}

function headerSchemas(names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, { schema: { type: "string" } }]));
}
