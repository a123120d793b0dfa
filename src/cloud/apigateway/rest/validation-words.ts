// What is wrong with a body, in the words of the validator that AWS runs (json-schema-validator for Java), by keyword.

import type { ErrorObject } from "ajv";

type Words = (error: ErrorObject) => string;

const words: Readonly<Record<string, Words>> = {
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
};

/** More faults than anyone reads: an array of a million wrong numbers is one mistake. */
const faultsMax = 20;

export function validationWords(errors: readonly ErrorObject[]): string[] {
  const missing = errors.filter(({ keyword }) => keyword === "required");
  const others = errors.filter(({ keyword }) => keyword !== "required");
  const byObject = new Map<string, ErrorObject>();
  // The validator of AWS names all missing members of an object together.
  for (const error of missing) {
    const before = byObject.get(error.instancePath);
    const names = [...(before ? [before.params.missingProperty].flat() : []), error.params.missingProperty];
    byObject.set(error.instancePath, { ...error, params: { missingProperty: names } });
  }
  const merged = [...byObject.values()].map(
    ({ params }) => `object has missing required properties (${json([...params.missingProperty].sort())})`,
  );
  return [...merged, ...others.map(wordsOf)].slice(0, faultsMax);
}

function wordsOf(error: ErrorObject): string {
  return words[error.keyword]?.(error) ?? error.message ?? error.keyword;
}

function json(value: unknown): string {
  return JSON.stringify(value) ?? "null";
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
