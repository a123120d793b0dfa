// Access to the members of an untrusted JSON document. Each member is checked before it is used.

import type { TemplateMap } from "../documents.js";
import { storedTemplate } from "../templates.js";

export type Fields = Readonly<Record<string, unknown>>;

const noFields: Fields = {};

/**
 * The value as an object; an empty object when it is something else. Nothing is copied: the same value gives the same
 * object.
 */
export function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : noFields;
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function field(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** A string, or a number as a string: status codes and versions are often written as numbers. */
export function stringField(fields: Fields, name: string): string | undefined {
  const value = field(fields, name);
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : undefined;
}

export function booleanField(fields: Fields, name: string): boolean | undefined {
  const value = field(fields, name);
  return typeof value === "boolean" ? value : undefined;
}

export function listField(fields: Fields, name: string): readonly unknown[] {
  const value = field(fields, name);
  return Array.isArray(value) ? value : [];
}

export function stringListField(fields: Fields, name: string): string[] {
  return listField(fields, name).filter((item) => typeof item === "string");
}

/** A map of strings, without members of other types; undefined when there is no such member. */
export function stringMapField(fields: Fields, name: string): Record<string, string> | undefined {
  const value = field(fields, name);
  if (value === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(fieldsOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** Mapping templates by content type in their stored form; undefined without templates. */
export function templatesField(fields: Fields, name: string): TemplateMap | undefined {
  const entries = Object.entries(fieldsOf(field(fields, name))).flatMap(([contentType, template]) => {
    if (typeof template === "string") return [[contentType, storedTemplate(template)] as const];
    return template === null ? [[contentType, null] as const] : [];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
