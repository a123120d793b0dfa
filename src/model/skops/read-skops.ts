// skops: scikit-learn's estimators as a ZIP archive of a schema and arrays, without pickle. https://skops.readthedocs.io

import { Fields, type Json } from "../json/fields.js";
import type { Allow, AllowList } from "../pickle/allow-list.js";
import type { NamedGlobal } from "../pickle/scan.js";
import { printable } from "../pickle/text.js";
import type { Value } from "../pickle/values.js";
import { broken, readArchive } from "./archive.js";
import { Builder, namedBy } from "./nodes.js";

export interface SkopsContent {
  readonly value: Value;
  readonly libraries: Readonly<Record<string, string>>;
}

/** Bytes of the schema: a forest of 1,000 trees has some 10 MB. */
const schemaBytesMax = 1 << 28;

/**
 * Reads what a skops file holds: first all the classes that it names, and only when every one is allowed, its objects.
 * @param allow extends the list by what it knows of the names, and answers those that are not allowed even so
 * @param refuse makes the error for names that are not allowed
 * @throws ModelError "skops-broken", "numpy-broken", and what `refuse` makes
 */
export async function readSkops(
  file: Uint8Array,
  allowList: AllowList,
  allow: Allow,
  refuse: (unknown: readonly NamedGlobal[]) => Error,
): Promise<SkopsContent> {
  const files = readArchive(file);
  const schema = files.get("schema.json");
  if (!schema) throw broken("it has no schema.json: a ZIP archive of another program");
  if (schema.length > schemaBytesMax)
    throw broken(`its schema has ${schema.length} bytes, at most ${schemaBytesMax} are read`);
  const text = new TextDecoder().decode(schema);
  const root = parse(text);
  const unknown = await allow(namesIn(root));
  if (unknown.length > 0) {
    throw refuse(unknown.map(({ module, name }) => ({ module, name, byte: Math.max(0, text.indexOf(`"${name}"`)) })));
  }
  const builder = new Builder(files, (module, name) => {
    const global = allowList.get(module, name);
    if (!global) throw broken(`a class that was not looked up: ${printable(name, 40)}`);
    return global;
  });
  const version = new Fields(root, "schema.json", broken).get("_skops_version");
  return {
    value: builder.build(root),
    libraries: typeof version === "string" ? { skops: printable(version, 40) } : {},
  };
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw broken("schema.json is not JSON");
  }
}

/** Every name that a node anywhere in the schema asks for, each once, in the order of the schema. */
function namesIn(root: Json): readonly { readonly module: string; readonly name: string }[] {
  const found = new Map<string, { readonly module: string; readonly name: string }>();
  const open: Json[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== "object" || value === null) continue;
    const isNode = !Array.isArray(value) && Object.hasOwn(value, "__loader__");
    const named = isNode ? namedBy(new Fields(value, "a node", broken)) : undefined;
    if (named) found.set(`${named.module} ${named.name}`, named);
    for (const inner of Object.values(value).reverse()) open.push(inner);
  }
  return [...found.values()];
}
