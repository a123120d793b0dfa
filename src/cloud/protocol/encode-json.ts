import type { Shape } from "./shape.js";
import { toEpochSeconds } from "./timestamp.js";

/**
 * Encodes a value as the JSON of its shape, without undefined members.
 * @throws TypeError for a member that the shape does not have, or a value of another type: a mistake of the operation,
 * not of the caller.
 */
export function encodeJson(shape: Shape, value: unknown, path = "output"): unknown {
  switch (shape.kind) {
    case "string":
    case "number":
    case "boolean":
      return checked(typeof value === shape.kind, value, shape, path);
    case "timestamp":
      return value instanceof Date ? toEpochSeconds(value) : checked(false, value, shape, path);
    case "blob":
      return value instanceof Uint8Array ? base64(value) : checked(false, value, shape, path);
    case "document":
      return value;
    case "unit":
      return {};
    case "list":
      if (!Array.isArray(value)) return checked(false, value, shape, path);
      return value.map((element, index) => encodeJson(shape.element, element, `${path}[${index}]`));
    case "map":
      if (typeof value !== "object" || value === null || Array.isArray(value))
        return checked(false, value, shape, path);
      return Object.fromEntries(
        Object.entries(value)
          .filter(([, member]) => member !== undefined)
          // A map, unlike a structure, can have null values: API Gateway returns them for empty templates.
          .map(([key, member]) => [key, member === null ? null : encodeJson(shape.value, member, `${path}.${key}`)]),
      );
    case "structure":
    case "union":
      return Object.fromEntries(
        shapedEntries(shape, value, path).map(([member, found]) => [
          member.traits.jsonName ?? member.name,
          encodeJson(member.shape, found, `${path}.${member.name}`),
        ]),
      );
    case "stream":
      throw new TypeError(`${path} is an event stream, which this encoder does not write`);
    default:
      return shape satisfies never;
  }
}

/** Encodes a value that no schema describes: bytes as Base64, times in seconds, everything else as JSON has it. */
export function encodePlainJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return base64(value);
  if (value instanceof Date) return toEpochSeconds(value);
  if (Array.isArray(value)) return value.map(encodePlainJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, encodePlainJson(member)]));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

/** The members of a structure that are present, each with its description. */
export function shapedEntries(shape: Extract<Shape, { members: unknown }>, value: unknown, path: string) {
  return presentEntries(value, path).map(([name, found]) => {
    const member = shape.members.find((candidate) => candidate.name === name);
    if (!member) throw new TypeError(`${path}.${name} is not a member of ${shape.name}`);
    return [member, found] as const;
  });
}

export function presentEntries(value: unknown, path: string): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Uint8Array)
    throw new TypeError(`${path} must be an object`);
  return Object.entries(value).filter(([, member]) => member !== undefined && member !== null);
}

function checked(right: boolean, value: unknown, shape: Shape, path: string): unknown {
  if (!right) throw new TypeError(`${path} must be a ${shape.kind}, not ${shown(value)}`);
  return value;
}

/** A value for an error message. Bytes are not printed: a payload can have megabytes. */
export function shown(value: unknown): string {
  return value instanceof Uint8Array ? `${value.length} bytes` : JSON.stringify(value);
}
