// The API as an OpenAPI 3.0 document with API Gateway's extensions: API Gateway imports it, and clients can read it.

import type { Feature, Signature } from "../../model/index.js";
import type { Names, Place } from "../names.js";
import type { Spec } from "../spec.js";
import { type ErrorWords, lambdaIntegration, preflightIntegration, readableFrom } from "./integration.js";
import { inOpenApi, requestSchema, rowIsOneText, type Schema, validatedSchema } from "./request-schema.js";

export interface Api {
  /** The document, as JSON text. */
  readonly document: string;
  /** The name of the model that checks request bodies, and the schema that it checks by, as JSON text. */
  readonly requestModel: { readonly name: string; readonly schema: string };
}

const requestModelName = "Request";

/** Writes the document of one deployment. The function's alias is a stage variable, so that every stage calls its own. */
export function openApi(spec: Spec, signature: Signature, names: Names, place: Place, words: ErrorWords): Api {
  const integration = lambdaIntegration(
    place.region,
    place.partition,
    `${names.functionArn}:\${stageVariables.alias}`,
    words,
  );
  const { corsOrigin } = spec;
  const document = {
    openapi: "3.0.1",
    info: { title: spec.name, version: "1", description: describe(signature) },
    paths: {
      [spec.route]: {
        post: {
          operationId: "predict",
          summary: "One prediction for each row of values.",
          requestBody: {
            required: true,
            content: { "application/json": { schema: ref(requestModelName), example: exampleRequest(signature) } },
          },
          responses: withCors(corsOrigin, {
            "200": { description: "The predictions, in the order of the rows.", content: jsonOf("Answer") },
            "400": {
              description: "The request does not fit the model; the message says where.",
              content: jsonOf("Error"),
            },
            "500": { description: "The model could not answer.", content: jsonOf("Error") },
            "504": { description: "The model took longer than its time-out.", content: jsonOf("Error") },
          }),
          "x-amazon-apigateway-request-validator": "body",
          "x-amazon-apigateway-integration": corsOrigin ? readableFrom(corsOrigin, integration) : integration,
        },
        ...(corsOrigin ? { options: preflight(corsOrigin) } : {}),
      },
    },
    components: {
      schemas: {
        [requestModelName]: inOpenApi(requestSchema(signature)),
        Answer: { title: "Answer", type: "array", items: {} },
        Error: { title: "Error", type: "object", properties: { message: { type: "string" } } } satisfies Schema,
      },
    },
    "x-amazon-apigateway-request-validators": { body: { validateRequestBody: true, validateRequestParameters: false } },
    "x-amazon-apigateway-gateway-responses": gatewayResponses(corsOrigin),
  };
  return {
    document: JSON.stringify(document),
    requestModel: {
      name: requestModelName,
      schema: JSON.stringify({
        $schema: "http://json-schema.org/draft-04/schema#",
        ...validatedSchema(signature),
      }),
    },
  };
}

/** "sklearn.svm.SVC (scikit-learn 0.23.2), 4 features, 3 classes" */
export function describe({ type, libraries, features, classes }: Signature): string {
  const versions = Object.entries(libraries).map(([library, version]) => `${library} ${version}`);
  return [
    versions.length > 0 ? `${type} (${versions.join(", ")})` : type,
    `${features.length} feature${features.length === 1 ? "" : "s"}`,
    ...(classes ? [`${classes.length} classes`] : []),
  ].join(", ");
}

/** A request that the model takes: one row, of zeros where nothing better is known. */
export function exampleRequest(signature: Signature): { readonly values: readonly unknown[] } {
  const row = signature.features.map(exampleValue);
  return { values: [rowIsOneText(signature) ? row[0] : row] };
}

function exampleValue({ kind, categories }: Feature): unknown {
  if (kind === "number") return 0;
  const category = categories?.find((each) => each !== null) ?? "text";
  return typeof category === "bigint" ? Number(category) : category;
}

/** So that a caller sees what is wrong with a body, not only that something is. The variable's value comes escaped. */
function gatewayResponses(corsOrigin: string | undefined): Record<string, unknown> {
  const cors = corsOrigin && {
    responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": `'${corsOrigin}'` },
  };
  return {
    BAD_REQUEST_BODY: {
      statusCode: 400,
      responseTemplates: {
        "application/json":
          '{"message":$context.error.messageString,"problems":"$context.error.validationErrorString"}',
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

function preflight(origin: string): Record<string, unknown> {
  const names = ["Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers"];
  return {
    summary: "Tells browsers which pages may call.",
    responses: { "204": { description: "Asked and answered.", headers: headersOf(names) } },
    "x-amazon-apigateway-integration": preflightIntegration(origin),
  };
}

function withCors(
  origin: string | undefined,
  responses: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Readonly<Record<string, unknown>> {
  if (!origin) return responses;
  const headers = headersOf(["Access-Control-Allow-Origin"]);
  return Object.fromEntries(Object.entries(responses).map(([status, response]) => [status, { ...response, headers }]));
}

function headersOf(names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, { schema: { type: "string" } }]));
}

function jsonOf(schemaName: string): Record<string, unknown> {
  return { "application/json": { schema: ref(schemaName) } };
}

function ref(schemaName: string): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${schemaName}` };
}
