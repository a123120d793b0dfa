// The values of a mapping template, as Java has them: integers distinct from doubles, lists and maps with their own
// string forms.

import { spend, spendText } from "../worker/budget.js";

/** A Java double; a JavaScript number represents a whole number (Integer or Long). */
export class JavaDouble {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** A list. One that was parsed from JSON prints as JSON (json-smart's JSONArray), any other like Java's ArrayList. */
export class JavaList {
  readonly items: Value[];
  readonly isJson: boolean;

  constructor(items: Value[], isJson: boolean) {
    this.items = items;
    this.isJson = isJson;
  }
}

/** A map in insertion order: Java's LinkedHashMap. */
export type JavaMap = Map<string, Value>;

/**
 * An object that is neither data nor a Java collection: $input, $util, an entry of a map. undefined: no such property
 * or method.
 */
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

/** A plain JavaScript value as a template sees it. Objects become maps; undefined members are omitted. */
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

/**
 * Java's `toString`. Null becomes "null"; a template's reference to null prints nothing, which its evaluator handles.
 */
export function textOf(value: Value): string {
  if (typeof value === "string") return value;
  spend();
  if (value instanceof JavaDouble) return doubleText(value.value);
  if (value instanceof JavaList) return value.isJson ? jsonText(value) : `[${value.items.map(printed).join(", ")}]`;
  if (value instanceof Map) return `{${[...value].map(([name, item]) => `${name}=${printed(item)}`).join(", ")}}`;
  return String(value);
}

/** A value inside a list or a map: lists that contain themselves twice over would otherwise take all memory. */
function printed(value: Value): string {
  return counted(textOf(value));
}

function counted(text: string): string {
  spendText(text.length);
  return text;
}

/** Java's Double.toString: 1.0, 1.0E10, 1.0E-5. */
function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [digits = "", exponent = ""] = value.toExponential().split("e");
    return `${digits.includes(".") ? digits : `${digits}.0`}E${exponent.replace("+", "")}`;
  }
  const text = Object.is(value, -0) ? "-0" : String(value);
  return text.includes(".") ? text : `${text}.0`;
}

/** JSON without white space, keys in insertion order, numbers as Java prints them. */
export function jsonText(value: Value): string {
  spend();
  if (typeof value === "string") {
    spendText(value.length);
    return JSON.stringify(value);
  }
  if (value instanceof JavaDouble) return Number.isFinite(value.value) ? doubleText(value.value) : "null";
  if (value instanceof JavaList) return counted(`[${value.items.map(jsonText).join(",")}]`);
  if (value instanceof Map) {
    return counted(`{${[...value].map(([name, item]) => `${JSON.stringify(name)}:${jsonText(item)}`).join(",")}}`);
  }
  return value instanceof HostObject ? JSON.stringify(value.toString()) : String(value);
}

/**
 * A copy that shares no map or list with the original.
 * @throws BudgetExceeded: a template can nest a list in itself many times over
 */
export function copyMap(map: JavaMap): JavaMap {
  return new Map([...map].map(([name, value]) => [name, copyOf(value)]));
}

function copyOf(value: Value): Value {
  spend();
  if (value instanceof Map) return copyMap(value);
  return value instanceof JavaList ? new JavaList(value.items.map(copyOf), value.isJson) : value;
}

/** A value as it is sent to another thread, where instances of classes would lose their class. */
export type WireValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | ReadonlyMap<string, WireValue>
  | { readonly double: number }
  | { readonly items: readonly WireValue[]; readonly isJson: boolean };

export function toWire(value: Value): WireValue {
  spend();
  if (value instanceof JavaDouble) return { double: value.value };
  if (value instanceof JavaList) return { items: value.items.map(toWire), isJson: value.isJson };
  if (value instanceof Map) return new Map([...value].map(([name, item]) => [name, toWire(item)]));
  return value instanceof HostObject ? value.toString() : value;
}

export function fromWire(value: WireValue): Value {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Map) return new Map([...value].map(([name, item]) => [name, fromWire(item)]));
  if ("double" in value) return new JavaDouble(value.double);
  return "items" in value ? new JavaList(value.items.map(fromWire), value.isJson) : null;
}
