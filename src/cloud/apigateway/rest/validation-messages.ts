// What is wrong with a body, in the messages of the validator that AWS uses (json-schema-validator for Java), by
// keyword.

import type { ErrorObject } from "ajv";

type MessageOf = (error: ErrorObject) => string;

const messages: Readonly<Record<string, MessageOf>> = {
  type: ({ data, params }) =>
    `instance type (${typeName(data)}) does not match any allowed primitive type (allowed: ${json(allowedTypes(params.type))})`,
  additionalProperties: ({ params }) =>
    `object instance has properties which are not allowed by the schema: ${json([params.additionalProperty])}`,
  enum: ({ data, params }) =>
    `instance value (${json(data)}) not found in enum (possible values: ${json(params.allowedValues)})`,
  minItems: ({ data, params }) =>
    `array is too short: must have at least ${params.limit} elements but instance has ${sizeOf(data)} elements`,
  maxItems: ({ data, params }) =>
    `array is too long: must have at most ${params.limit} elements but instance has ${sizeOf(data)} elements`,
  minLength: ({ data, params }) =>
    `string ${json(data)} is too short (length: ${sizeOf(data)}, required minimum: ${params.limit})`,
  maxLength: ({ data, params }) =>
    `string ${json(data)} is too long (length: ${sizeOf(data)}, maximum allowed: ${params.limit})`,
  minimum: ({ data, params }) =>
    `numeric instance is lower than the required minimum (minimum: ${params.limit}, found: ${json(data)})`,
  maximum: ({ data, params }) =>
    `numeric instance is greater than the required maximum (maximum: ${params.limit}, found: ${json(data)})`,
  pattern: ({ data, params }) => `ECMA 262 regex ${json(params.pattern)} does not match input string ${json(data)}`,
  uniqueItems: () => "array must not contain duplicate elements",
  minProperties: ({ data, params }) =>
    `object has too few properties (found ${sizeOf(data)} but schema requires at least ${params.limit})`,
  maxProperties: ({ data, params }) =>
    `object has too many properties (found ${sizeOf(data)} but schema requires at most ${params.limit})`,
  oneOf: ({ schema, params }) =>
    `instance failed to match exactly one schema (matched ${sizeOf(params.passingSchemas)} out of ${sizeOf(schema)})`,
};

/** An array of a million wrong numbers is one mistake: more messages would not help. */
const faultsMax = 20;
/** A message quotes at most this much of a value: it goes into a response. */
const valueCharactersMax = 1000;

export function validationMessages(all: readonly ErrorObject[]): string[] {
  // AWS's validator has one message for all alternatives.
  const errors = all.filter(({ schemaPath }) => !schemaPath.includes("/oneOf/"));
  const missing = errors.filter(({ keyword }) => keyword === "required");
  const others = errors.filter(({ keyword }) => keyword !== "required");
  const byObject = new Map<string, string[]>();
  // AWS's validator names all missing members of an object in one message.
  for (const error of missing) {
    const names = byObject.get(error.instancePath);
    if (names) names.push(error.params.missingProperty);
    else byObject.set(error.instancePath, [error.params.missingProperty]);
  }
  const merged = [...byObject.values()]
    .slice(0, faultsMax)
    .map((names) => `object has missing required properties (${json(names.sort())})`);
  return [...merged, ...others.slice(0, faultsMax - merged.length).map(messageOf)];
}

function messageOf(error: ErrorObject): string {
  return messages[error.keyword]?.(error) ?? error.message ?? error.keyword;
}

function json(value: unknown): string {
  const text = JSON.stringify(value) ?? "null";
  return text.length > valueCharactersMax ? `${text.slice(0, valueCharactersMax)}...` : text;
}

function allowedTypes(type: unknown): unknown[] {
  return Array.isArray(type) ? type : [type];
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

function sizeOf(value: unknown): number {
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
}
