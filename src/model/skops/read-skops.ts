// skops: scikit-learn's estimators as a ZIP archive of a schema and arrays, without pickle.
// https://skops.readthedocs.io

import { Fields, type Json } from "../json/fields.js";
import type { GlobalName } from "../pickle/allow-list.js";
import type { FileObjects } from "../pickle/file-objects.js";
import { printable } from "../pickle/text.js";
import { allowedGlobals, allowGlobals } from "../registry/allowed-globals.js";
import { broken, readArchive } from "./archive.js";
import { Builder, namedBy } from "./nodes.js";

/** Bytes of the schema: a forest of 1,000 trees has some 10 MB. */
const schemaBytesMax = 1 << 28;

/**
 * Reads the objects of a skops file: first all the classes that it names, and only when every one is allowed, its
 * objects.
 * @throws ModelError "skops-broken", "numpy-broken", "pickle-global-rejected", "estimator-unsupported"
 */
export async function readSkops(file: Uint8Array): Promise<FileObjects> {
  const files = readArchive(file);
  const schema = files.get("schema.json");
  if (!schema) throw broken("it has no schema.json: a ZIP archive of another program");
  if (schema.length > schemaBytesMax)
    throw broken(`its schema has ${schema.length} bytes; the maximum is ${schemaBytesMax}`);
  const text = new TextDecoder().decode(schema);
  const root = parse(text);
  await allowGlobals(namesIn(root), ({ name }) => Math.max(0, text.indexOf(`"${name}"`)));
  const builder = new Builder(files, (module, name) => {
    const global = allowedGlobals.get(module, name);
    if (!global) throw broken(`a class that the scan did not find: ${printable(name, 40)}`);
    return global;
  });
  const version = new Fields(root, "schema.json", broken).get("_skops_version");
  const libraries: Record<string, string> = typeof version === "string" ? { skops: printable(version, 40) } : {};
  return { value: builder.build(root), format: "skops", libraries };
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw broken("schema.json is not JSON");
  }
}

/** Every name that a node anywhere in the schema refers to, each once, in the order of the schema. */
function namesIn(root: Json): readonly GlobalName[] {
  const found = new Map<string, GlobalName>();
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
