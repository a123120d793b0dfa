// Reading a document that a stranger wrote: every member is looked at before it is believed.

export type Fields = Readonly<Record<string, unknown>>;

/** The members of an object; none when the value is something else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

export function field(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

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

/** A map of texts; what is not a text is left out. undefined when the member is not there. */
export function stringMapField(fields: Fields, name: string): Record<string, string> | undefined {
  const value = field(fields, name);
  if (value === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(fieldsOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
