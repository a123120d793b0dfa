// Reads the schemas that AWS SDK clients export into shapes. In a schema a structure is [3, namespace, name, traits,
// [member names], [member schemas], how many of them (the first) are required], a member's schema is [schema, traits]
// or a schema alone, simple types are numbers, and any schema can be wrapped in a function.

type SimpleKind = "string" | "number" | "boolean" | "timestamp" | "blob" | "document" | "unit";

export type Shape =
  | { readonly kind: SimpleKind }
  | { readonly kind: "list"; readonly element: Shape }
  | { readonly kind: "map"; readonly value: Shape }
  | Structure;

export interface Structure {
  /** "stream" is an event stream, which no operation of this cloud reads or writes. */
  readonly kind: "structure" | "union" | "stream";
  readonly name: string;
  readonly traits: Traits;
  /** In the schema's order. Read on first use, because structures can be recursive. */
  readonly members: readonly Member[];
}

export interface Member {
  readonly name: string;
  readonly required: boolean;
  readonly traits: Traits;
  readonly shape: Shape;
}

/** The part of a schema that is not types: the traits that the protocols of this cloud use. */
export interface Traits {
  readonly httpLabel?: unknown;
  readonly httpPayload?: unknown;
  readonly httpResponseCode?: unknown;
  readonly httpQueryParams?: unknown;
  readonly httpHeader?: string;
  readonly httpQuery?: string;
  readonly jsonName?: string;
  readonly streaming?: unknown;
  /** Status of an error. */
  readonly httpError?: number;
  /** Code and status of an error in the query protocol. */
  readonly awsQueryError?: readonly [code: string, status: number];
  /** Method, path (with literal query), status. */
  readonly http?: readonly [method: string, uri: string, status: number];
}

/** Type numbers of the schemas: the simple types, and the bits for a list or a map of one. */
const simpleKinds: ReadonlyMap<unknown, SimpleKind> = new Map<unknown, SimpleKind>([
  [0, "string"],
  [1, "number"],
  [2, "boolean"],
  [4, "timestamp"],
  [5, "timestamp"],
  [6, "timestamp"],
  [7, "timestamp"],
  [15, "document"],
  [17, "number"],
  [19, "number"],
  [21, "blob"],
  [42, "blob"],
  ["unit", "unit"],
]);
const listBit = 64;
const mapBit = 128;
const structureKinds: ReadonlyMap<unknown, "structure" | "union"> = new Map([
  [3, "structure"],
  [-3, "structure"],
  [4, "union"],
]);

/** The flags in a number of traits, from the lowest bit. */
const packedTraits = [
  "httpLabel",
  "idempotent",
  "idempotencyToken",
  "sensitive",
  "httpPayload",
  "httpResponseCode",
  "httpQueryParams",
] as const;

const cache = new WeakMap<object, Shape>();

/** @throws TypeError for a schema of an unsupported kind */
export function readShape(schema: unknown): Shape {
  if (typeof schema === "function") return readShape(schema());
  if (typeof schema === "number") {
    if (schema & mapBit) return { kind: "map", value: readShape(schema & ~mapBit) };
    if (schema & listBit) return { kind: "list", element: readShape(schema & ~listBit) };
  }
  const simple = simpleKinds.get(schema);
  if (simple) return { kind: simple };
  if (!Array.isArray(schema)) throw new TypeError(`Not a schema: ${String(schema)}`);
  const known = cache.get(schema);
  if (known) return known;
  const shape = readComposite(schema);
  cache.set(schema, shape);
  return shape;
}

function readComposite(schema: readonly unknown[]): Shape {
  // A member with its own traits: [schema, traits].
  if (schema.length === 2) return readShape(schema[0]);
  const [kind, , name, traits] = schema;
  if (kind === 0) return readShape(schema[4]);
  if (kind === 1) return lazily({ kind: "list" }, "element", () => readShape(schema[4]));
  if (kind === 2) return lazily({ kind: "map" }, "value", () => readShape(schema[5]));
  const structureKind = structureKinds.get(kind);
  if (!structureKind) throw new TypeError(`A schema of unknown kind: ${String(kind)}`);
  const ownTraits = readTraits(traits);
  return lazily(
    { kind: ownTraits.streaming ? ("stream" as const) : structureKind, name: String(name), traits: ownTraits },
    "members",
    () => readMembers(schema),
  );
}

function readMembers(schema: readonly unknown[]): Member[] {
  const [names, schemas, requiredCount] = [schema[4], schema[5], schema[6] ?? 0];
  if (!Array.isArray(names) || !Array.isArray(schemas))
    throw new TypeError(`A structure without members: ${schema[2]}`);
  return names.map((name: unknown, index) => ({
    name: String(name),
    required: index < Number(requiredCount),
    traits: memberTraits(schemas[index]),
    shape: readShape(schemas[index]),
  }));
}

function memberTraits(schema: unknown): Traits {
  return Array.isArray(schema) && schema.length === 2 ? { ...memberTraits(schema[0]), ...readTraits(schema[1]) } : {};
}

export function readTraits(traits: unknown): Traits {
  if (typeof traits === "number")
    return Object.fromEntries(packedTraits.filter((_, bit) => traits & (1 << bit)).map((name) => [name, 1]));
  return typeof traits === "object" && traits !== null ? traits : {};
}

/** `target` with one more member, which is computed on first use. */
function lazily<T extends object, Name extends string, V>(
  target: T,
  name: Name,
  compute: () => V,
): T & Record<Name, V> {
  let value: V | undefined;
  return Object.defineProperty(target, name, {
    enumerable: true,
    get: () => {
      value ??= compute();
      return value;
    },
  }) as T & Record<Name, V>;
}
