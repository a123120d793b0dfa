import { hasMoreJsonValues } from "../json-scan.js";
import { serializationError } from "./aws-error.js";
import type { Shape, Structure } from "./shape.js";
import { parseTimestamp } from "./timestamp.js";

/** Deeper than any input of an AWS operation. Recursive schemas would set no limit. */
const depthMax = 64;

/**
 * Values in the JSON of a request. The largest inputs of AWS's operations have fewer: 10,000 log events with two
 * members are 30,000. JSON.parse takes less than 100 ms for this many, and would take seconds for a body of 30 MB.
 */
const valuesMax = 50_000;

/**
 * Parses a request's JSON body; an empty one is an empty object.
 * @throws AwsError SerializationException
 */
export function parseJsonBody(body: Uint8Array): unknown {
  if (body.length === 0) return {};
  if (hasMoreJsonValues(body, valuesMax)) throw serializationError(`The body has more than ${valuesMax} JSON values`);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw serializationError("Unexpected token received from parser");
  }
}

/**
 * Decodes a JSON value as a shape. Unknown members are ignored and null means absent, as on AWS.
 * @throws AwsError SerializationException
 */
export function decodeJson(shape: Shape, value: unknown, depth = 0): unknown {
  if (depth > depthMax) throw serializationError(`Nested deeper than ${depthMax} levels`);
  switch (shape.kind) {
    case "string":
      return typeof value === "string" ? value : reject(value, "a String");
    case "number":
      return typeof value === "number" ? value : reject(value, "a Number");
    case "boolean":
      return typeof value === "boolean" ? value : reject(value, "a Boolean");
    case "timestamp":
      return parseTimestamp(value) ?? reject(value, "a Timestamp");
    case "blob":
      return decodeBase64(value);
    case "document":
      return value;
    case "unit":
      return {};
    case "list":
      if (!Array.isArray(value)) throw unexpected(value);
      return value.filter(isPresent).map((element) => decodeJson(shape.element, element, depth + 1));
    case "map":
      return Object.fromEntries(
        Object.entries(asObject(value))
          .filter(([, member]) => isPresent(member))
          .map(([key, member]) => [key, decodeJson(shape.value, member, depth + 1)]),
      );
    case "structure":
    case "union":
      return decodeMembers(shape, asObject(value), depth);
    case "stream":
      throw serializationError("Event streams are not supported");
    default:
      return shape satisfies never;
  }
}

function decodeMembers(shape: Structure, value: Readonly<Record<string, unknown>>, depth: number): object {
  const members = shape.members.flatMap(({ name, traits, shape: member }) => {
    const key = traits.jsonName ?? name;
    const found = Object.hasOwn(value, key) ? value[key] : undefined;
    return isPresent(found) ? [[name, decodeJson(member, found, depth + 1)]] : [];
  });
  return Object.fromEntries(members);
}

function isPresent(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw unexpected(value);
  return value as Readonly<Record<string, unknown>>;
}

/**
 * Decodes Base64, of which a blob can have tens of megabytes: each check is one search of the string.
 * @throws AwsError SerializationException
 */
export function decodeBase64(value: unknown): Uint8Array {
  if (typeof value !== "string") return reject(value, "a Blob");
  const compact = value.includes("\n") || value.includes("\r") ? value.replace(/[\r\n]/g, "") : value;
  const bytes = Buffer.from(compact, "base64");
  const padding = compact.endsWith("==") ? 2 : compact.endsWith("=") ? 1 : 0;
  // Node skips characters that are not Base64, so that too few bytes come out, but accepts the URL alphabet and
  // characters beyond ASCII.
  const isBase64 =
    bytes.length === (compact.length / 4) * 3 - padding &&
    Buffer.byteLength(compact) === compact.length &&
    !compact.includes("-") &&
    !compact.includes("_");
  if (!isBase64) throw serializationError("Could not decode a Blob: it is not Base64");
  // A view, not a copy.
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function reject(value: unknown, expected: string): never {
  if (typeof value === "object") throw serializationError("Start of structure or map found where not expected.");
  const found = typeof value === "boolean" ? `${value}`.toUpperCase() : (typeof value).toUpperCase();
  throw serializationError(`${found}_VALUE can not be converted to ${expected}`);
}

function unexpected(value: unknown): Error {
  return serializationError(
    typeof value === "object" ? "Start of structure or map found where not expected." : "Unexpected field type",
  );
}
