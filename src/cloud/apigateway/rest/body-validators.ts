// Request bodies against models: JSON Schema draft 4, with references between the models of an API.

import type { Model } from "@aws-sdk/client-api-gateway";
import type { ErrorObject, ValidateFunction } from "ajv";
import AjvDraft4 from "ajv-draft-04";
import { ecmaRegex } from "../regex/ecma-regex.js";
import { spend } from "../worker/budget.js";
import { type SchemaCost, schemaCost, validationSteps } from "./schema-cost.js";
import { validationMessages } from "./validation-messages.js";

export interface BodyValidators {
  /**
   * What is wrong with a body, with the messages of AWS's validator; undefined when it is valid.
   * @throws ModelUnusable, BudgetExceeded
   */
  fault(modelName: string, body: Uint8Array): string | undefined;
}

/** The model does not exist, its schema is invalid, or it refers to a model that does not exist. */
export class ModelUnusable extends Error {
  override readonly name = "ModelUnusable";
}

/** `https://apigateway.amazonaws.com/restapis/{api}/models/{name}`: how a model refers to another. */
const modelReference = /^https?:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([^/#]+)/;
const modelUrlStart = "https://apigateway.amazonaws.com/models/";
const modelUrl = (name: string) => `${modelUrlStart}${name}`;

/** Compiling a schema takes about this many steps for each of its characters. */
const compileStepsPerCharacter = 10;

interface Validator {
  readonly validate: ValidateFunction;
  readonly cost: SchemaCost;
}

/** Compiles each model when it is first used. */
export function bodyValidators(models: Readonly<Record<string, Model>>): BodyValidators {
  const compiled = new Map<string, Validator>();
  let loaded: Loaded | undefined;
  return {
    fault(modelName, bytes) {
      let validator = compiled.get(modelName);
      if (!validator) {
        loaded ??= load(models);
        validator = compile(loaded, modelName);
        compiled.set(modelName, validator);
      }
      spend(validationSteps(validator.cost, bytes.length));
      return faultOf(validator.validate, bytes);
    },
  };
}

function faultOf(validate: ValidateFunction, bytes: Uint8Array): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
  } catch {
    return "[Unknown error parsing request body]";
  }
  if (validate(body)) return undefined;
  const errors: readonly ErrorObject[] = validate.errors ?? [];
  return `[${validationMessages(errors).join(", ")}]`;
}

interface Loaded {
  readonly ajv: AjvDraft4.default;
  /** By the name of the model. */
  readonly schemas: ReadonlyMap<string, unknown>;
}

/** @throws BudgetExceeded */
function load(models: Readonly<Record<string, Model>>): Loaded {
  const ajv = new AjvDraft4.default({
    strict: false,
    validateFormats: false,
    allErrors: true,
    verbose: true,
    logger: false,
    code: { regExp: Object.assign(ecmaRegex, { code: "ecmaRegex" }) },
  });
  const schemas = new Map<string, unknown>();
  for (const [name, { schema = "{}" }] of Object.entries(models)) {
    spend(schema.length * compileStepsPerCharacter);
    // A model that is not JSON (for XML, say) validates nothing, and must not stop the others.
    const document = parse(schema);
    if (document) {
      ajv.addSchema(document, modelUrl(name));
      schemas.set(name, document);
    }
  }
  return { ajv, schemas };
}

/** @throws ModelUnusable, BudgetExceeded */
function compile({ ajv, schemas }: Loaded, name: string): Validator {
  const cost = schemaCost(schemas.get(name), (reference) => referencedSchema(schemas, name, reference));
  try {
    const validate = ajv.getSchema(modelUrl(name));
    if (validate) return { validate, cost };
  } catch (error) {
    if (error instanceof Error && error.name === "BudgetExceeded") throw error;
    throw new ModelUnusable(`Model ${name} cannot be used: ${error instanceof Error ? error.message : error}`);
  }
  throw new ModelUnusable(`Model ${name} cannot be used: Model ${name} does not exist`);
}

/** The schema at a reference such as `#/definitions/Row` or `https://.../models/Row#/definitions/Cell`. */
function referencedSchema(schemas: ReadonlyMap<string, unknown>, from: string, reference: string): unknown {
  const [base = "", pointer = ""] = reference.split("#", 2);
  const start = schemas.get(base === "" ? from : base.slice(modelUrlStart.length));
  let found = start;
  for (const part of pointer.split("/").filter((one) => one !== "")) {
    const key = decodePointer(part);
    found =
      typeof found === "object" && found !== null && Object.hasOwn(found, key) ? Reflect.get(found, key) : undefined;
  }
  return found;
}

function decodePointer(part: string): string {
  try {
    return decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
  } catch {
    return part;
  }
}

function parse(schema: string): Record<string, unknown> | undefined {
  try {
    const document: unknown = JSON.parse(schema, (key, value: unknown) => {
      if (key !== "$ref" || typeof value !== "string") return value;
      const name = modelReference.exec(value)?.[1];
      return name === undefined ? value : value.replace(modelReference, modelUrl(name));
    });
    if (typeof document !== "object" || document === null) return undefined;
    // An own id would change the name under which other models refer to this one.
    const { id: _id, $schema: _dialect, ...rest } = { id: undefined, $schema: undefined, ...document };
    return rest;
  } catch {
    return undefined;
  }
}
