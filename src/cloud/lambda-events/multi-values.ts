// Headers and query parameters, which may have several values.

/** Values by name, in order. */
export type MultiValues = ReadonlyMap<string, readonly string[]>;

/** The last value of a header, ignoring the case of its name. */
export function headerOf(headers: MultiValues, name: string): string | undefined {
  const direct = headers.get(name);
  if (direct) return direct.at(-1);
  const lower = name.toLowerCase();
  for (const [sent, values] of headers) if (sent.toLowerCase() === lower) return values.at(-1);
  return undefined;
}

/** One value for each name, the last one: where API Gateway gives only one. */
export function lastValues(values: MultiValues): Record<string, string> {
  const last: Record<string, string> = {};
  for (const [name, all] of values) last[name] = all.at(-1) ?? "";
  return last;
}

export function allValues(values: MultiValues): Record<string, readonly string[]> {
  return Object.fromEntries(values);
}

/** The values of a name in one string, with commas: format 2.0. */
export function joinedValues(values: MultiValues): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, all] of values) joined[name] = all.join(",");
  return joined;
}

export function addValue(values: Map<string, string[]>, name: string, value: string): void {
  const known = values.get(name);
  if (known) known.push(value);
  else values.set(name, [value]);
}
