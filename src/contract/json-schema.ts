// JSON Schemas that users write, of any draft since 4.

/** A schema. Its members are checked where they are used. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Schemas are documents that people write; a deeper one is cut, so that a hostile one cannot overflow the stack. */
export const schemaDepthMax = 64;

/** Keywords whose value is not a schema, although it can contain any JSON. */
const valueKeywords: ReadonlySet<string> = new Set(["const", "default", "enum", "example", "examples"]);
/** Keywords whose value has one schema for each of its names, which are not keywords. */
const namedSchemas: ReadonlySet<string> = new Set([
  "$defs",
  "definitions",
  "dependentSchemas",
  "patternProperties",
  "properties",
]);

/** The schema as a part of a larger document, at `base`: "#/$defs/row" is "#/components/schemas/Request/$defs/row". */
export function withBase(schema: JsonSchema, base: string): JsonSchema {
  // The dialect and the identifier of a root schema have no place inside a document.
  const { $schema: _dialect, $id: _id, id: _oldId, ...members } = schema;
  return rebased(members, base, schemaDepthMax);
}

function rebased(schema: JsonSchema, base: string, depthMax: number): JsonSchema {
  if (depthMax === 0) return {};
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (keyword === "$ref" && typeof value === "string" && value.startsWith("#"))
        return [keyword, base + value.slice(1)];
      if (valueKeywords.has(keyword)) return [keyword, value];
      if (Array.isArray(value)) return [keyword, value.map((item) => rebasedValue(item, base, depthMax))];
      if (!namedSchemas.has(keyword) || !isObject(value)) return [keyword, rebasedValue(value, base, depthMax)];
      const named = Object.entries(value).map(([name, each]) => [name, rebasedValue(each, base, depthMax)]);
      return [keyword, Object.fromEntries(named)];
    }),
  );
}

function rebasedValue(value: unknown, base: string, depthMax: number): unknown {
  return isObject(value) ? rebased(value, base, depthMax - 1) : value;
}

export function isObject(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
