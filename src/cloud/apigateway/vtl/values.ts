// The values of a mapping template are Java's: whole numbers and doubles apart, lists and maps that print in their own ways.

/** A Java double; a JavaScript number stands for a whole number (Integer or Long). */
export class JavaDouble {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** A list; one that came out of JSON prints as JSON (json-smart's JSONArray), any other as Java's ArrayList does. */
export class JavaList {
  readonly items: Value[];
  readonly isJson: boolean;

  constructor(items: Value[], isJson: boolean) {
    this.items = items;
    this.isJson = isJson;
  }
}

/** A map in order of insertion: Java's LinkedHashMap. */
export type JavaMap = Map<string, Value>;

/** An object of API Gateway's own: $input, $util, an entry of a map. undefined: it has no such property or method. */
export abstract class HostObject {
  property(_name: string): Value | undefined {
    return undefined;
  }
  call(_method: string, _args: readonly Value[]): Value | undefined {
    return undefined;
  }
  toString(): string {
    return "";
  }
}

export type Value = null | boolean | number | bigint | JavaDouble | string | JavaList | JavaMap | HostObject;

/** A plain JavaScript value as a template sees it. Objects become maps; undefined members are left out. */
export function javaValue(plain: unknown): Value {
  if (typeof plain === "string" || typeof plain === "boolean" || typeof plain === "bigint") return plain;
  if (typeof plain === "number") return Number.isSafeInteger(plain) ? plain : new JavaDouble(plain);
  if (plain instanceof HostObject || plain instanceof JavaList || plain instanceof JavaDouble) return plain;
  if (plain instanceof Map) return plain;
  if (Array.isArray(plain)) return new JavaList(plain.map(javaValue), true);
  if (typeof plain === "object" && plain !== null) {
    const entries = Object.entries(plain).filter(([, value]) => value !== undefined);
    return new Map(entries.map(([name, value]) => [name, javaValue(value)]));
  }
  return null;
}

/** A number's value in double precision, or undefined when it is not a number. */
export function numberOf(value: Value): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  return value instanceof JavaDouble ? value.value : undefined;
}

/** What Java's toString gives. A null prints as "null" here; a reference to null prints nothing, which its caller sees to. */
export function textOf(value: Value): string {
  if (typeof value === "string") return value;
  if (value instanceof JavaDouble) return doubleText(value.value);
  if (value instanceof JavaList) return value.isJson ? jsonText(value) : `[${value.items.map(textOf).join(", ")}]`;
  if (value instanceof Map) return `{${[...value].map(([name, item]) => `${name}=${textOf(item)}`).join(", ")}}`;
  return String(value);
}

/** Java's Double.toString: 1.0, 1.0E10, 1.0E-5. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [digits = "", exponent = ""] = value.toExponential().split("e");
    return `${digits.includes(".") ? digits : `${digits}.0`}E${exponent.replace("+", "")}`;
  }
  const text = Object.is(value, -0) ? "-0" : String(value);
  return text.includes(".") ? text : `${text}.0`;
}

/** JSON without white space, keys in their order, numbers as Java prints them. */
export function jsonText(value: Value): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof JavaDouble) return Number.isFinite(value.value) ? doubleText(value.value) : "null";
  if (value instanceof JavaList) return `[${value.items.map(jsonText).join(",")}]`;
  if (value instanceof Map) {
    return `{${[...value].map(([name, item]) => `${JSON.stringify(name)}:${jsonText(item)}`).join(",")}}`;
  }
  return value instanceof HostObject ? JSON.stringify(value.toString()) : String(value);
}
