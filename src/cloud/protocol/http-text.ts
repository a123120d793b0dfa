// Members that travel as strings: path labels, query parameters, headers, and the fields of awsQuery forms.

import { serializationError } from "./aws-error.js";
import { decodeBase64 } from "./decode-json.js";
import { shown } from "./encode-json.js";
import type { Shape } from "./shape.js";
import { parseTimestamp, toIsoTime } from "./timestamp.js";

/** Headers write timestamps as HTTP dates, everything else in ISO 8601. */
type TextLocation = "header" | "query";

/** @throws AwsError SerializationException */
export function decodeText(shape: Shape, text: string | undefined, location: TextLocation): unknown {
  if (text === undefined) return undefined;
  switch (shape.kind) {
    case "string":
      return text;
    case "number": {
      const number = text.trim() === "" ? Number.NaN : Number(text);
      if (Number.isNaN(number)) throw serializationError("STRING_VALUE can not be converted to a Number");
      return number;
    }
    case "boolean":
      if (text !== "true" && text !== "false")
        throw serializationError("STRING_VALUE can not be converted to a Boolean");
      return text === "true";
    case "timestamp": {
      const time = parseTimestamp(text);
      if (!time) throw serializationError("STRING_VALUE can not be converted to a Timestamp");
      return time;
    }
    case "blob":
      return decodeBase64(text);
    case "list":
      return text.split(",").map((part) => decodeText(shape.element, part.trim(), location));
    default:
      throw serializationError(`STRING_VALUE can not be converted to a ${shape.kind}`);
  }
}

/** @throws TypeError for a value of another type than the shape: a mistake of the operation. */
export function encodeText(shape: Shape, value: unknown, location: TextLocation, path: string): string {
  if (shape.kind === typeof value) return String(value);
  if (shape.kind === "timestamp" && value instanceof Date)
    return location === "header" ? value.toUTCString() : toIsoTime(value);
  if (shape.kind === "blob" && value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (shape.kind === "list" && Array.isArray(value))
    return value.map((element) => encodeText(shape.element, element, location, path)).join(",");
  throw new TypeError(`${path} must be a ${shape.kind}, not ${shown(value)}`);
}
