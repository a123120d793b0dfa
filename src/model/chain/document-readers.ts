// Readers of the values of a chain document. An error names the path of the key: "model.steps[0].columns".

import { suggestion } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { splitReference } from "./reference.js";

/** Names of one document: a model of bag-of-words columns has thousands. */
const namesMax = 100_000;

export type Reader<T> = (value: unknown, path: string) => T;

/** The first key is required. */
export function object<T extends object>(
  value: unknown,
  path: string,
  readers: { readonly [Key in keyof T]-?: Reader<NonNullable<T[Key]>> },
): T {
  const known = Object.keys(readers);
  const [required = ""] = known;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid(path, `a file or a mapping with the key "${required}"`, value);
  const entries: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (!Object.hasOwn(readers, key)) throw unknownKey(`${path}.${key}`, key, known);
    const read: Reader<unknown> = readers[key as keyof T];
    if (item !== null && item !== undefined) entries.push([key, read(item, `${path}.${key}`)]);
  }
  if (!entries.some(([key]) => key === required))
    throw new ModelError("chain-invalid", `The key ${path}.${required} is missing`);
  // Every entry was read by the reader of its key, and the required one is there.
  return Object.fromEntries(entries) as T;
}

function unknownKey(path: string, key: string, known: readonly string[]): ModelError {
  const hint = suggestion(key, known, `The keys are: ${known.join(", ")}.`);
  return new ModelError("chain-invalid", `Unknown key ${path}`, { hint });
}

export function invalid(path: string, expected: string, value: unknown): ModelError {
  return new ModelError("chain-invalid", `Expected ${expected} as ${path}, found ${shown(value)}`);
}

/** A scalar as JSON; a list or mapping is only named, because it may be nested deeper than the stack. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object" && value !== null) return "a mapping";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

/** A mapping with at least one key. */
export function mapping<T>(value: unknown, path: string, read: Reader<T>): Readonly<Record<string, T>> {
  if (typeof value !== "object" || value === null || Array.isArray(value) || Object.keys(value).length === 0)
    throw invalid(path, "a mapping", value);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]): [string, T] => [key, read(item, `${path}.${key}`)]),
  );
}

export const reference: Reader<string> = (value, path) => {
  if (typeof value !== "string" || splitReference(value).file === "" || value.includes("\0"))
    throw invalid(path, "a file, or FILE::MEMBER", value);
  return value;
};

const names: Reader<readonly string[]> = (value, path) => {
  if (!Array.isArray(value) || value.length === 0 || value.length > namesMax)
    throw invalid(path, "a list of column names", value);
  const seen = new Set<string>();
  for (const name of value) {
    if (typeof name !== "string") throw invalid(path, "a list of strings", value);
    if (seen.has(name)) throw new ModelError("chain-invalid", `${path} has the column ${JSON.stringify(name)} twice`);
    seen.add(name);
  }
  return [...seen];
};

/** A list of names, or a reference to one. */
export const namesOrReference: Reader<string | readonly string[]> = (value, path) =>
  typeof value === "string" ? reference(value, path) : names(value, path);

export const boolean: Reader<boolean> = (value, path) => {
  if (typeof value !== "boolean") throw invalid(path, "true or false", value);
  return value;
};
