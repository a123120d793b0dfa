// The API contract as an OpenAPI 3.1 document. How an API is deployed adds only its servers and its authorization.

import type { JsonSchema } from "./json-schema.js";
import { modelInfoSchema } from "./model-info.js";
import type { Security, SecurityScheme } from "./security.js";
import { type ApiSubject, type BodySchemas, componentSchemas, describeSubject, exampleOf } from "./subject.js";

interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers?: readonly { readonly url: string }[];
  readonly security?: readonly Security["requirement"][];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly schemas: Readonly<Record<SchemaName, JsonSchema>> & { readonly Model?: JsonSchema };
    readonly securitySchemes?: Readonly<Record<string, SecurityScheme>>;
  };
}

interface PathItem {
  readonly get?: Operation;
  readonly post?: PostOperation;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly responses: Readonly<Record<string, Response>>;
}

interface PostOperation extends Operation {
  readonly requestBody: {
    readonly required: boolean;
    readonly content: { readonly "application/json": { readonly schema: Reference; readonly example?: unknown } };
  };
}

interface Response {
  readonly description: string;
  readonly content: { readonly "application/json": { readonly schema: JsonSchema } };
}

interface Reference extends JsonSchema {
  readonly $ref: string;
}

type SchemaName = keyof BodySchemas | "Error";

interface Contract {
  /** Name of the API. */
  readonly title: string;
  /** Path of the predictions: "/predict". */
  readonly route: string;
  /** The version of what is deployed. Default: "1". */
  readonly version?: string;
  /** The address of the API without the route; relative to the address of the document. */
  readonly server?: string;
  /** undefined: any caller may call the API. */
  readonly security?: Security;
}

/** What differs between the operations of models and of code. */
interface OperationText {
  readonly operationId: string;
  readonly summary: string;
  /** The meaning of each status to a caller. */
  readonly statuses: Readonly<Record<string, string>>;
}

const operationTexts: Readonly<Record<ApiSubject["kind"], OperationText>> = {
  model: {
    operationId: "predict",
    summary: "Returns one prediction for each row of values.",
    statuses: {
      "200": "The predictions, in the order of the rows.",
      "400": "The request does not match the model's inputs. The message names the row and column.",
      "413": "The request or its predictions are too large. Send fewer rows at a time.",
      "415": "The content type of the request is not supported.",
      "429": "Too many requests at the same time. Send the request again later.",
      "500": "The model failed. The function's log has the details.",
      "504": "The model did not finish within its timeout.",
    },
  },
  code: {
    operationId: "invoke",
    summary: "Calls the function with the body as its event, and returns its result.",
    statuses: {
      "200": "The value that the function returned.",
      "400": "The function does not accept the request.",
      "413": "The request or the response is larger than 6 MB.",
      "429": "Too many requests at the same time. Send the request again later.",
      "500": "The function failed. Its log has the details.",
      "504": "The function did not finish within its timeout.",
    },
  },
};

/** What API Gateway and function URLs return to a caller who is not authorized. */
const authorizationStatuses = {
  "401": "The request has no valid credentials.",
  "403": "The request is not authorized.",
};

/** Paths that describe a model. */
export const infoPaths = { document: "/openapi.json", model: "/model" } as const;

/** An OpenAPI 3.1.0 document with the operation `POST route`, and those that describe a model. */
export function openApiDocument(
  { title, route, version = "1", server, security }: Contract,
  subject: ApiSubject,
): OpenApiDocument {
  const { statuses, ...operation } = operationTexts[subject.kind];
  const allStatuses = { ...statuses, ...(security && authorizationStatuses) };
  const example = exampleOf(subject);
  const post: PostOperation = {
    ...operation,
    requestBody: {
      required: true,
      content: {
        "application/json": { schema: refTo("Request"), ...(example === undefined ? {} : { example }) },
      },
    },
    responses: Object.fromEntries(
      Object.entries(allStatuses).map(([status, description]) => [
        status,
        response(description, refTo(status === "200" ? "Response" : "Error")),
      ]),
    ),
  };
  const paths = subject.kind === "model" ? infoOperations(security !== undefined) : {};
  return {
    openapi: "3.1.0",
    info: { title, version, description: describeSubject(subject) },
    ...(server === undefined ? {} : { servers: [{ url: server }] }),
    ...(security && { security: [security.requirement] }),
    paths: { ...paths, [route]: { ...paths[route], post } },
    components: {
      schemas: {
        ...componentSchemas(subject),
        ...(subject.kind === "model" ? { Model: modelInfoSchema } : {}),
        Error: { title: "Error", type: "object", properties: { message: { type: "string" } } },
      },
      ...(security && { securitySchemes: security.schemes }),
    },
  };
}

function infoOperations(isSecured: boolean): Readonly<Record<string, PathItem>> {
  const get = (operationId: string, summary: string, description: string, schema: JsonSchema): PathItem => {
    const errors = { ...(isSecured && authorizationStatuses), "500": operationTexts.model.statuses["500"] ?? "" };
    return {
      get: {
        operationId,
        summary,
        responses: {
          "200": response(description, schema),
          ...Object.fromEntries(
            Object.entries(errors).map(([status, text]) => [status, response(text, refTo("Error"))]),
          ),
        },
      },
    };
  };
  return {
    [infoPaths.model]: get("describeModel", "Describes the model.", "The model's inputs and outputs.", {
      $ref: "#/components/schemas/Model",
    }),
    [infoPaths.document]: get("describeApi", "Returns this document.", "An OpenAPI 3.1 document.", { type: "object" }),
  };
}

function response(description: string, schema: JsonSchema): Response {
  return { description, content: { "application/json": { schema } } };
}

function refTo(schema: SchemaName): Reference {
  return { $ref: `#/components/schemas/${schema}` };
}
