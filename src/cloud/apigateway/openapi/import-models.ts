// Schemas of a document become models of the API, and references between schemas become references between models.

import type { Model } from "@aws-sdk/client-api-gateway";
import type { ApiDefinition } from "../documents.js";
import { badRequest } from "../errors.js";
import { modelBytesMax } from "../limits.js";
import { entryOf } from "../state.js";
import { type Fields, field, fieldsOf, stringField } from "./fields.js";
import type { WorkBudget } from "./work-budget.js";

const schemaReference = /^#\/(?:components\/schemas|definitions)\/([^/]+)$/;
const namePattern = /^[a-zA-Z0-9]+$/;

/**
 * Keywords that API Gateway drops when it imports a schema ("Amazon API Gateway important notes"). Item counts are
 * among them: they can only be set with UpdateModel after the import, or checked by the function.
 */
const droppedKeywords = new Set([
  "discriminator",
  "example",
  "exclusiveMinimum",
  "externalDocs",
  "maxItems",
  "minItems",
  "readOnly",
  "xml",
]);

/** All models together: twice the largest document, because the stored schemas are indented. */
const allModelsBytesMax = 12 * 1024 * 1024;

export class ImportedModels {
  readonly models: Record<string, Model>;
  readonly errors: string[] = [];
  readonly #apiId: string;
  readonly #newId: () => string;
  readonly #budget: WorkBudget;
  /**
   * Models of inline schemas. Several operations share one schema through a reference to a response or request body.
   */
  readonly #inline = new Map<Fields, string>();
  #bytes = 0;

  constructor(existing: ApiDefinition["models"], apiId: string, newId: () => string, budget: WorkBudget) {
    this.models = { ...existing };
    this.#apiId = apiId;
    this.#newId = newId;
    this.#budget = budget;
  }

  async addNamed(schemas: Fields): Promise<void> {
    for (const [name, schema] of Object.entries(schemas)) {
      if (namePattern.test(name)) this.#add(name, schema);
      else this.errors.push(`Unable to create model '${name}': Model name must be alphanumeric: ${name}`);
      await this.#budget.pause();
    }
  }

  /** The name of the model for a schema of a request or response: the model that it refers to, or a new one. */
  nameOf(schema: unknown): string | undefined {
    const fields = fieldsOf(schema);
    if (Object.keys(fields).length === 0) return undefined;
    const referenced = schemaReference.exec(stringField(fields, "$ref") ?? "")?.[1];
    if (referenced !== undefined) return entryOf(this.models, referenced) && referenced;
    const known = this.#inline.get(fields);
    if (known !== undefined) return known;
    const name = `MODEL${this.#newId()}`;
    this.#inline.set(fields, name);
    this.#add(name, schema);
    return name;
  }

  #add(name: string, schema: unknown): void {
    this.#budget.spend(schema);
    const description = stringField(fieldsOf(schema), "description");
    const text = JSON.stringify(this.#convert(schema), undefined, 2);
    const bytes = Buffer.byteLength(text);
    this.#bytes += bytes;
    if (this.#bytes > allModelsBytesMax) {
      throw badRequest(`The models of the API definition have more than ${allModelsBytesMax} bytes`);
    }
    if (bytes > modelBytesMax) {
      const reason = `Model schema is ${bytes} bytes, at most ${modelBytesMax} are allowed`;
      this.errors.push(`Unable to create model '${name}': ${reason}`);
      return;
    }
    this.models[name] = {
      id: entryOf(this.models, name)?.id ?? this.#newId(),
      name,
      ...(description === undefined ? {} : { description }),
      contentType: "application/json",
      schema: text,
    };
  }

  /** @param isSchema false for the members of `properties`, which are names and not keywords */
  #convert(value: unknown, isSchema = true): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#convert(item));
    if (typeof value !== "object" || value === null) return value;
    const fields = fieldsOf(value);
    const entries = Object.entries(fields).flatMap(([name, member]): [string, unknown][] => {
      if (!isSchema) return [[name, this.#convert(member)]];
      if (droppedKeywords.has(name) || name === "nullable") return [];
      if (name === "$ref" && typeof member === "string") return [[name, this.#modelReference(member)]];
      if (name === "enum" || name === "default" || name === "required") return [[name, member]];
      return [[name, this.#convert(member, name !== "properties" && name !== "definitions")]];
    });
    const schema = Object.fromEntries(entries);
    // OpenAPI 3.0 has `nullable` where JSON Schema has a second type.
    if (isSchema && field(fields, "nullable") === true && typeof schema.type === "string") {
      schema.type = [schema.type, "null"];
    }
    return schema;
  }

  #modelReference(reference: string): string {
    const name = schemaReference.exec(reference)?.[1];
    return name === undefined ? reference : `https://apigateway.amazonaws.com/restapis/${this.#apiId}/models/${name}`;
  }
}
