// The schemas of a document become the models of an API, and references between them follow.

import type { Model } from "@aws-sdk/client-api-gateway";
import { type Fields, field, fieldsOf, stringField } from "./fields.js";

const schemaReference = /^#\/(?:components\/schemas|definitions)\/([^/]+)$/;
const namePattern = /^[a-zA-Z0-9]+$/;

/**
 * Keywords that API Gateway leaves out when it imports a schema ("Amazon API Gateway important notes"); item counts among them:
 * a model that must count is set with UpdateModel afterwards, or checks in the function.
 */
const leftOut = new Set([
  "discriminator",
  "example",
  "exclusiveMinimum",
  "externalDocs",
  "maxItems",
  "minItems",
  "readOnly",
  "xml",
]);

export class ImportedModels {
  readonly models: Record<string, Model>;
  readonly errors: string[] = [];
  readonly #apiId: string;
  readonly #newId: () => string;

  constructor(existing: Readonly<Record<string, Model>>, apiId: string, newId: () => string) {
    this.models = { ...existing };
    this.#apiId = apiId;
    this.#newId = newId;
  }

  addNamed(schemas: Fields): void {
    for (const [name, schema] of Object.entries(schemas)) {
      if (namePattern.test(name)) this.#add(name, schema);
      else this.errors.push(`Unable to create model '${name}': Model name must be alphanumeric: ${name}`);
    }
  }

  /** The name of the model for a schema in the middle of the document: the one it refers to, or one of its own. */
  nameOf(schema: unknown): string | undefined {
    const fields = fieldsOf(schema);
    if (Object.keys(fields).length === 0) return undefined;
    const referred = schemaReference.exec(stringField(fields, "$ref") ?? "")?.[1];
    if (referred !== undefined) return Object.hasOwn(this.models, referred) ? referred : undefined;
    const name = `MODEL${this.#newId()}`;
    this.#add(name, schema);
    return name;
  }

  #add(name: string, schema: unknown): void {
    const description = stringField(fieldsOf(schema), "description");
    this.models[name] = {
      id: (Object.hasOwn(this.models, name) ? this.models[name]?.id : undefined) ?? this.#newId(),
      name,
      ...(description === undefined ? {} : { description }),
      contentType: "application/json",
      schema: JSON.stringify(this.#schema(schema), undefined, 2),
    };
  }

  /** @param isSchema false inside `properties`, whose members are names and not keywords */
  #schema(value: unknown, isSchema = true): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#schema(item));
    if (typeof value !== "object" || value === null) return value;
    const fields = fieldsOf(value);
    const entries = Object.entries(fields).flatMap(([name, member]): [string, unknown][] => {
      if (!isSchema) return [[name, this.#schema(member)]];
      if (leftOut.has(name) || name === "nullable") return [];
      if (name === "$ref" && typeof member === "string") return [[name, this.#reference(member)]];
      if (name === "enum" || name === "default" || name === "required") return [[name, member]];
      return [[name, this.#schema(member, name !== "properties" && name !== "definitions")]];
    });
    const schema = Object.fromEntries(entries);
    // OpenAPI 3.0 says "or null" in a way of its own.
    if (isSchema && field(fields, "nullable") === true && typeof schema.type === "string") {
      schema.type = [schema.type, "null"];
    }
    return schema;
  }

  #reference(reference: string): string {
    const name = schemaReference.exec(reference)?.[1];
    return name === undefined ? reference : `https://apigateway.amazonaws.com/restapis/${this.#apiId}/models/${name}`;
  }
}
