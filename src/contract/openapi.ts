// The API contract as an OpenAPI 3.1 document, without anything of where the API is deployed.

import type { Signature } from "../model/index.js";
import { describeModel, exampleRequest } from "./overview.js";
import { requestSchema, type Schema } from "./request-schema.js";

interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, { readonly post: Operation }>>;
  readonly components: { readonly schemas: Readonly<Record<SchemaName, Schema>> };
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly requestBody: {
    readonly required: boolean;
    readonly content: { readonly "application/json": { readonly schema: Schema; readonly example: unknown } };
  };
  readonly responses: Readonly<Record<string, Response>>;
}

interface Response {
  readonly description: string;
  readonly content: { readonly "application/json": { readonly schema: Schema } };
}

type SchemaName = "Request" | "Response" | "Error";

interface Contract {
  /** Name of the API. */
  readonly title: string;
  /** Path of the predictions: "/predict". */
  readonly route: string;
}

/** The statuses of a prediction API, with what each means to its caller. */
const errorResponses: Readonly<Record<string, string>> = {
  "400": "The request does not match the model's inputs. The message names the row and column.",
  "413": "The request or its predictions are too large. Send fewer rows at a time.",
  "429": "Too many requests at the same time. Send the request again later.",
  "500": "The model failed. The function's log has the details.",
  "504": "The model did not finish within its timeout.",
};

/** An OpenAPI 3.1.0 document with one operation, `POST route`, for a model of this signature. */
export function openApiDocument({ title, route }: Contract, signature: Signature): OpenApiDocument {
  return {
    openapi: "3.1.0",
    info: { title, version: "1", description: describeModel(signature) },
    paths: {
      [route]: {
        post: {
          operationId: "predict",
          summary: "Returns one prediction for each row of values.",
          requestBody: {
            required: true,
            content: { "application/json": { schema: refTo("Request"), example: exampleRequest(signature) } },
          },
          responses: {
            "200": response("The predictions, in the order of the rows.", "Response"),
            ...Object.fromEntries(
              Object.entries(errorResponses).map(([status, description]) => [status, response(description, "Error")]),
            ),
          },
        },
      },
    },
    components: {
      schemas: {
        Request: requestSchema(signature),
        Response: { title: "Response", type: "array", items: {} },
        Error: { title: "Error", type: "object", properties: { message: { type: "string" } } },
      },
    },
  };
}

function response(description: string, schema: SchemaName): Response {
  return { description, content: { "application/json": { schema: refTo(schema) } } };
}

function refTo(schema: SchemaName): Schema {
  return { $ref: `#/components/schemas/${schema}` };
}
