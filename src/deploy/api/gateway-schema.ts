// JSON Schemas in the dialects of API Gateway: draft 4 without composition for the models that validate bodies, and
// OpenAPI 3.0 for the document that it imports. What a dialect cannot express is left out, so that a schema becomes
// looser and never stricter.

import { isObject, type JsonSchema, schemaDepthMax } from "../../contract/index.js";

/**
 * API Gateway accepts models of 400 KB. References are replaced by what they refer to, which can grow exponentially;
 * beyond this many schemas, any value is valid.
 */
const schemasMax = 2_000;

/** Keywords with the same meaning in every draft, if their value has the type that draft 4 requires. */
const keptKeywords: Readonly<Record<string, (value: unknown) => boolean>> = {
  title: isString,
  description: isString,
  enum: (value) => Array.isArray(value) && value.length > 0,
  required: (value) => Array.isArray(value) && value.length > 0 && value.every(isString),
  minimum: isNumber,
  maximum: isNumber,
  multipleOf: (value) => isNumber(value) && Number(value) > 0,
  minLength: isCount,
  maxLength: isCount,
  minItems: isCount,
  maxItems: isCount,
  minProperties: isCount,
  maxProperties: isCount,
  uniqueItems: (value) => typeof value === "boolean",
  pattern: isPattern,
};

const types: ReadonlySet<unknown> = new Set(["array", "boolean", "integer", "null", "number", "object", "string"]);

/** The schema in draft 4, without references, and without what API Gateway's models do not support. */
export function toDraft4(root: JsonSchema): JsonSchema {
  let schemas = 0;

  function convert(value: unknown, depthMax: number): JsonSchema {
    // A schema of draft 6 and later can be true or false.
    if (!isObject(value) || depthMax === 0 || ++schemas > schemasMax) return {};
    if (typeof value.$ref === "string") return convert(referenced(root, value.$ref), depthMax - 1);
    const kept = Object.entries(value).filter(([keyword, member]) => keptKeywords[keyword]?.(member));
    return {
      ...Object.fromEntries(kept),
      ...typeOf(value.type),
      ...(value.const === undefined ? {} : { enum: [value.const] }),
      // In draft 4 an exclusive bound is a boolean beside the bound, which API Gateway drops.
      ...boundOf("minimum", value.minimum, value.exclusiveMinimum),
      ...boundOf("maximum", value.maximum, value.exclusiveMaximum),
      ...(isObject(value.properties) ? { properties: converted(value.properties, depthMax) } : {}),
      ...itemsOf(value, depthMax),
    };
  }

  function converted(properties: JsonSchema, depthMax: number): JsonSchema {
    return Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, convert(each, depthMax - 1)]));
  }

  function itemsOf({ items, prefixItems }: JsonSchema, depthMax: number): JsonSchema {
    if (prefixItems !== undefined || Array.isArray(items)) return { items: {} };
    return isObject(items) ? { items: convert(items, depthMax - 1) } : {};
  }

  return convert(root, schemaDepthMax);
}

/** What a reference inside the schema refers to; undefined for any other reference, and for what does not exist. */
function referenced(root: JsonSchema, reference: string): unknown {
  if (!reference.startsWith("#")) return undefined;
  let found: unknown = root;
  for (const part of reference.slice(1).split("/").slice(1)) {
    const name = decoded(part).replaceAll("~1", "/").replaceAll("~0", "~");
    if (!isObject(found) || !Object.hasOwn(found, name)) return undefined;
    found = found[name];
  }
  return found;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function typeOf(type: unknown): JsonSchema {
  const all = Array.isArray(type) ? type : [type];
  return all.length > 0 && all.every((each) => types.has(each)) ? { type } : {};
}

/** With both bounds, the exclusive one is left out. */
function boundOf(name: "minimum" | "maximum", bound: unknown, exclusiveBound: unknown): JsonSchema {
  return isNumber(exclusiveBound) && bound === undefined ? { [name]: exclusiveBound } : {};
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value);
}

function isCount(value: unknown): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isPattern(value: unknown): boolean {
  try {
    return typeof value === "string" && new RegExp(value) !== undefined;
  } catch {
    return false;
  }
}

/**
 * OpenAPI 3.0 has one type for a value and one schema for all items. Where that cannot say as much, the result says
 * less.
 */
export function toOpenApi30({ type, items, prefixItems, properties, ...rest }: JsonSchema): JsonSchema {
  const { anyOf: _anyOf, examples: _examples, ...kept } = rest;
  return {
    ...kept,
    ...singleType(type),
    ...(isObject(items) ? { items: toOpenApi30(items) } : {}),
    ...(prefixItems === undefined ? {} : { items: {} }),
    ...(isObject(properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, value]) => [name, isObject(value) ? toOpenApi30(value) : {}]),
          ),
        }
      : {}),
  };
}

/** A column of numbers also accepts booleans, as 1 and 0; callers should send numbers. */
function singleType(type: unknown): JsonSchema {
  if (isString(type)) return type === "null" ? {} : { type };
  return Array.isArray(type) && type.join() === "number,boolean" ? { type: "number" } : {};
}
