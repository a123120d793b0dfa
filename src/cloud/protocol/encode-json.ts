import type { Shape } from "./shape.js";
import { toEpochSeconds } from "./timestamp.js";

/**
 * Writes a value as its shape's JSON; undefined members are left out.
 * @throws TypeError for a member that the shape does not have, or a value of another type: an operation's mistake, not a caller's.
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
      return value instanceof Uint8Array
        ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64")
        : checked(false, value, shape, path);
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

/** The members of a structure that are present, each with its description. */
export function shapedEntries(shape: Extract<Shape, { members: unknown }>, value: unknown, path: string) {
  return presentEntries(value, path).map(([name, found]) => {
    const member = shape.members.find((candidate) => candidate.name === name);
    if (!member) throw new TypeError(`${path}.${name} is not a member of ${shape.name}`);
    return [member, found] as const;
  });
}

export function presentEntries(value: unknown, path: string): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError(`${path} must be an object`);
  return Object.entries(value).filter(([, member]) => member !== undefined && member !== null);
}

function checked(right: boolean, value: unknown, shape: Shape, path: string): unknown {
  if (!right) throw new TypeError(`${path} must be a ${shape.kind}, not ${JSON.stringify(value)}`);
  return value;
}
