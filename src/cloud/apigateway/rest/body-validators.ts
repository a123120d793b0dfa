// Request bodies against models: JSON Schema draft 4, with references between the models of an API.

import type { Model } from "@aws-sdk/client-api-gateway";
import type { ErrorObject, ValidateFunction } from "ajv";
import AjvDraft4 from "ajv-draft-04";
import { validationWords } from "./validation-words.js";

/** undefined: the body is as the model wants it; otherwise what AWS's validator says of it. */
export type BodyValidator = (body: unknown) => string | undefined;

export interface BodyValidators {
  /** @throws Error when the model's schema is none, or refers to a model that is not there */
  of(modelName: string): BodyValidator;
}

/** `https://apigateway.amazonaws.com/restapis/{api}/models/{name}`: how a model refers to another. */
const modelReference = /^https?:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([^/#]+)/;
const modelUrl = (name: string) => `https://apigateway.amazonaws.com/models/${name}`;

export function bodyValidators(models: Readonly<Record<string, Model>>): BodyValidators {
  const compiled = new Map<string, BodyValidator>();
  let ajv: AjvDraft4.default | undefined;
  const validator = (name: string): BodyValidator => {
    ajv ??= withModels(models);
    const validate = ajv.getSchema(modelUrl(name));
    if (!validate) throw new Error(`Model ${name} does not exist`);
    return bodyValidator(validate);
  };
  return {
    of(name) {
      let known = compiled.get(name);
      if (!known) {
        known = validator(name);
        compiled.set(name, known);
      }
      return known;
    },
  };
}

function bodyValidator(validate: ValidateFunction): BodyValidator {
  return (body) => {
    if (validate(body)) return undefined;
    const errors: readonly ErrorObject[] = validate.errors ?? [];
    return `[${validationWords(errors).join(", ")}]`;
  };
}

function withModels(models: Readonly<Record<string, Model>>): AjvDraft4.default {
  const ajv = new AjvDraft4.default({
    strict: false,
    validateFormats: false,
    allErrors: true,
    verbose: true,
    logger: false,
  });
  for (const [name, { schema = "{}" }] of Object.entries(models)) {
    // A model that is not JSON (for XML say) validates nothing, and must not stop the others.
    const document = parse(schema);
    if (document) ajv.addSchema(document, modelUrl(name));
  }
  return ajv;
}

function parse(schema: string): Record<string, unknown> | undefined {
  try {
    const document: unknown = JSON.parse(schema, (key, value: unknown) => {
      if (key !== "$ref" || typeof value !== "string") return value;
      const name = modelReference.exec(value)?.[1];
      return name === undefined ? value : value.replace(modelReference, modelUrl(name));
    });
    if (typeof document !== "object" || document === null) return undefined;
    // An own id would move the model away from the name that others know it by.
    const { id: _id, $schema: _dialect, ...rest } = { id: undefined, $schema: undefined, ...document };
    return rest;
  } catch {
    return undefined;
  }
}
