// The API contract as an OpenAPI 3.1 document, without anything of where the API is deployed.

import type { JsonSchema } from "./json-schema.js";
import { type ApiSubject, type BodySchemas, componentSchemas, describeSubject, exampleOf } from "./subject.js";

interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, { readonly post: Operation }>>;
  readonly components: { readonly schemas: Readonly<Record<SchemaName, JsonSchema>> };
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly requestBody: {
    readonly required: boolean;
    readonly content: { readonly "application/json": { readonly schema: Reference; readonly example?: unknown } };
  };
  readonly responses: Readonly<Record<string, Response>>;
}

interface Response {
  readonly description: string;
  readonly content: { readonly "application/json": { readonly schema: Reference } };
}

interface Reference {
  readonly $ref: string;
}

type SchemaName = keyof BodySchemas | "Error";

interface Contract {
  /** Name of the API. */
  readonly title: string;
  /** Path of the predictions: "/predict". */
  readonly route: string;
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

/** An OpenAPI 3.1.0 document with one operation, `POST route`. */
export function openApiDocument({ title, route }: Contract, subject: ApiSubject): OpenApiDocument {
  const { statuses, ...operation } = operationTexts[subject.kind];
  const example = exampleOf(subject);
  return {
    openapi: "3.1.0",
    info: { title, version: "1", description: describeSubject(subject) },
    paths: {
      [route]: {
        post: {
          ...operation,
          requestBody: {
            required: true,
            content: {
              "application/json": { schema: refTo("Request"), ...(example === undefined ? {} : { example }) },
            },
          },
          responses: Object.fromEntries(
            Object.entries(statuses).map(([status, description]) => [
              status,
              response(description, status === "200" ? "Response" : "Error"),
            ]),
          ),
        },
      },
    },
    components: {
      schemas: {
        ...componentSchemas(subject),
        Error: { title: "Error", type: "object", properties: { message: { type: "string" } } },
      },
    },
  };
}

function response(description: string, schema: SchemaName): Response {
  return { description, content: { "application/json": { schema: refTo(schema) } } };
}

function refTo(schema: SchemaName): Reference {
  return { $ref: `#/components/schemas/${schema}` };
}
