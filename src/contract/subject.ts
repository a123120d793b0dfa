// What an API offers to its callers: a model, or the user's own code.

import type { Signature } from "../model/index.js";
import { type JsonSchema, withBase } from "./json-schema.js";
import { describeModel, exampleRequest } from "./overview.js";
import { requestSchema } from "./request-schema.js";
import { responseSchema } from "./response-schema.js";

export type ApiSubject = ModelSubject | CodeSubject;

/** A model: what callers see is derived from its signature. */
interface ModelSubject {
  readonly kind: "model";
  readonly signature: Signature;
}

/** The user's own code: the JSON body is its event, and the value that it returns is the body of the response. */
interface CodeSubject {
  readonly kind: "code";
  /** What it is, in one line. */
  readonly description: string;
  readonly schema?: CodeSchema;
  /** A request that the code accepts. */
  readonly example?: unknown;
}

/**
 * JSON Schemas of what the code accepts and returns, of any draft since 4. References start at the schema itself
 * ("#/$defs/row"). Without a schema, every JSON value is valid.
 */
export interface CodeSchema {
  readonly request?: JsonSchema;
  readonly response?: JsonSchema;
}

/** Schemas by their name in an OpenAPI document. */
export interface BodySchemas {
  readonly Request: JsonSchema;
  readonly Response: JsonSchema;
}

/** The schemas of the request and the response. References start at the schema itself. */
export function bodySchemas(subject: ApiSubject): BodySchemas {
  switch (subject.kind) {
    case "model":
      return {
        Request: { ...requestSchema(subject.signature) },
        Response: responseSchema(subject.signature),
      };
    case "code": {
      const { request, response } = subject.schema ?? {};
      return { Request: { title: "Request", ...request }, Response: { title: "Response", ...response } };
    }
    default:
      return subject satisfies never;
  }
}

/** The same schemas as members of `components.schemas`. References start at the OpenAPI document. */
export function componentSchemas(subject: ApiSubject): BodySchemas & Readonly<Record<string, JsonSchema>> {
  if (subject.kind === "model") {
    const { signature } = subject;
    const named = new Map<string, JsonSchema>();
    const Response = responseSchema(signature, (name, schema) => {
      named.set(name, { title: name, ...schema });
      return { $ref: `#/components/schemas/${name}` };
    });
    return { Request: { ...requestSchema(signature) }, Response, ...Object.fromEntries(named) };
  }
  const { Request, Response } = bodySchemas(subject);
  return {
    Request: withBase(Request, "#/components/schemas/Request"),
    Response: withBase(Response, "#/components/schemas/Response"),
  };
}

/** "sklearn.svm.SVC (scikit-learn 0.23.2), 4 features, 3 classes", or the description of the code. */
export function describeSubject(subject: ApiSubject): string {
  return subject.kind === "model" ? describeModel(subject.signature) : subject.description;
}

/** A request that the subject accepts, as far as that is known; undefined for code without an example. */
export function exampleOf(subject: ApiSubject): unknown {
  return subject.kind === "model" ? exampleRequest(subject.signature) : subject.example;
}
