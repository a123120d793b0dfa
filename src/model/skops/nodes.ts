// skops writes a tree of nodes in schema.json: what loads each, the class it is of, its content. Here each becomes the
// value that a pickle's instructions would have made.

import { Fields, type Json } from "../json/fields.js";
import { DType } from "../numpy/dtype.js";
import { NdArray, shapeOf } from "../numpy/ndarray.js";
import { readNpy } from "../numpy/npy.js";
import { exactInteger, printable } from "../pickle/text.js";
import { Built, Dict, type Global, Instance, PySet, Tuple, type Value } from "../pickle/values.js";
import { broken, readArchive } from "./archive.js";

/** Nesting of nodes: an estimator has four levels. */
const depthMax = 400;

/** Finds the global of a class. It is there: all names were looked up before. */
type FindGlobal = (module: string, name: string) => Global;

type Load = (node: Fields, builder: Builder, depth: number) => Value;

/** Nodes that only keep numbers for a training, or functions that no prediction calls. */
const opaque: Load = () => null;

const loaders: ReadonlyMap<string, Load> = new Map<string, Load>([
  ["JsonNode", (node) => scalarOf(node.text("content"))],
  ["DictNode", readDict],
  ["DefaultDictNode", readMain],
  ["_DictWithDeprecatedKeysNode", readMain],
  ["ListNode", (node, builder, depth) => [...builder.items(node, depth)]],
  ["TupleNode", (node, builder, depth) => new Tuple(builder.items(node, depth))],
  ["SetNode", (node, builder, depth) => new PySet(builder.items(node, depth))],
  ["ObjectNode", readObject],
  ["TreeNode", readObject],
  ["LossNode", readObject],
  ["ReduceNode", readObject],
  ["SGDNode", readObject],
  ["TypeNode", (node, builder) => builder.globalOf(node)],
  ["FunctionNode", (node, builder) => builder.globalOf(node)],
  ["NdArrayNode", readArray],
  ["SparseMatrixNode", readSparse],
  ["DTypeNode", readDType],
  ["SliceNode", readSlice],
  ["BytesNode", (node, builder) => builder.file(node.text("file"))],
  ["BytearrayNode", (node, builder) => builder.file(node.text("file"))],
  ["RandomStateNode", opaque],
  ["RandomGeneratorNode", opaque],
  ["MaskedArrayNode", opaque],
  ["MethodNode", opaque],
  ["PartialNode", opaque],
  ["OperatorFuncNode", opaque],
  ["ConstructorFromReduceNode", opaque],
  ["QuantileForestNode", opaque],
]);

/** Nodes whose class or function is looked up by name. */
const naming = new Set([
  "ObjectNode",
  "TreeNode",
  "LossNode",
  "ReduceNode",
  "SGDNode",
  "TypeNode",
  "FunctionNode",
  "SparseMatrixNode",
]);

/** The class or function that a node names, where its loader looks it up. */
export function namedBy(node: Fields): { readonly module: string; readonly name: string } | undefined {
  if (!naming.has(node.text("__loader__"))) return undefined;
  const content = node.get("__loader__") === "FunctionNode" ? node.optionalFields("content") : undefined;
  if (content?.get("function") !== undefined)
    return { module: content.text("module_path"), name: content.text("function") };
  return { module: node.text("__module__"), name: node.text("__class__") };
}

export class Builder {
  readonly #files: ReadonlyMap<string, Uint8Array>;
  readonly find: FindGlobal;
  /** Objects that were shared are written each time, under one number. */
  readonly #memo = new Map<number, Value>();

  constructor(files: ReadonlyMap<string, Uint8Array>, find: FindGlobal) {
    this.#files = files;
    this.find = find;
  }

  build(value: Json | undefined, depth = 0): Value {
    if (depth > depthMax) throw broken(`more than ${depthMax} nested nodes`);
    const node = new Fields(value, "a node", broken);
    const id = node.get("__id__");
    const known = typeof id === "number" ? this.#memo.get(id) : undefined;
    if (known !== undefined) return known;
    const loader = node.text("__loader__");
    const load = loaders.get(loader);
    if (!load) throw broken(`the loader "${printable(loader, 40)}" is not known`);
    const made = load(node, this, depth + 1);
    if (typeof id === "number") this.#memo.set(id, made);
    return made;
  }

  items(node: Fields, depth: number): Value[] {
    return node.list("content").map((item) => this.build(item, depth));
  }

  globalOf(node: Fields): Global {
    const { module, name } = namedBy(node)!;
    return this.find(module, name);
  }

  file(name: string): Uint8Array {
    const file = this.#files.get(name);
    if (!file) throw broken(`"${printable(name, 60)}" is not in the archive`);
    return file;
  }
}

/** A string that is JSON: Python's None, bool, int, float or str. */
function scalarOf(text: string): Value {
  if (/^-?\d{16,600}$/.test(text)) return exactInteger(BigInt(text));
  const special: Readonly<Record<string, number>> = {
    NaN: Number.NaN,
    Infinity: Number.POSITIVE_INFINITY,
    "-Infinity": Number.NEGATIVE_INFINITY,
  };
  if (Object.hasOwn(special, text)) return special[text]!;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw broken(`"${printable(text, 40)}" is not JSON`);
  }
  if (value === null || ["string", "number", "boolean"].includes(typeof value))
    return value as string | number | boolean | null;
  throw broken("a JsonNode contains a list or an object");
}

/** JSON's keys are strings; the keys' types are stored separately. */
function readDict(node: Fields, builder: Builder, depth: number): Dict {
  const content = node.fields("content");
  const types = node.fields("key_types").list("content");
  const dict = new Dict();
  for (const [index, key] of content.names.entries()) {
    const type = new Fields(types[index], "a key's type", broken).text("__class__");
    dict.set(/^(int|float|uint)/.test(type) ? Number(key) : key, builder.build(content.get(key), depth));
  }
  return dict;
}

/** A subclass of dict: its items, beside what makes it different (the factory of missing values, deprecated keys). */
function readMain(node: Fields, builder: Builder, depth: number): Value {
  return builder.build(node.fields("content").get("main"), depth);
}

function readObject(node: Fields, builder: Builder, depth: number): Value {
  const global = builder.globalOf(node);
  const reduce = node.optionalFields("__reduce__");
  const args = reduce ? builder.build(reduce.get("args"), depth) : new Tuple([]);
  if (!global.call || !(args instanceof Tuple))
    throw broken(`${global.module}.${global.name} is not a class with arguments`);
  const made = global.call(args.items, global, (module, name) => builder.find(module, name));
  const content = node.get("content");
  if (content !== undefined && content !== null && made instanceof Built) made.setState(builder.build(content, depth));
  return made;
}

/** An array or, under the name of its type, a single number. */
function readArray(node: Fields, builder: Builder, depth: number): Value {
  if (node.text("type") === "numpy") {
    const array = readNpy(builder.file(node.text("file")));
    return node.get("__class__") === "ndarray" || array.shape.length > 0 ? array : array.toScalars()[0]!;
  }
  const shape = shapeOf(builder.build(node.get("shape"), depth));
  let items: readonly Value[] = builder.items(node, depth);
  for (let axis = 1; axis < shape.length; axis++)
    items = items.flatMap((item) => (Array.isArray(item) ? item : [item]));
  return NdArray.of(new DType("O"), shape, false, items);
}

/** scipy's .npz: an archive of arrays. */
function readSparse(node: Fields, builder: Builder): Value {
  const global = builder.globalOf(node);
  const matrix = new Instance(global);
  for (const [name, file] of readArchive(builder.file(node.text("file")))) {
    const key = name.replace(/\.npy$/, "");
    const array = readNpy(file);
    if (key === "shape") matrix.attributes.set("_shape", new Tuple(array.toScalars()));
    else matrix.attributes.set(key, array);
  }
  return matrix;
}

function readDType(node: Fields, builder: Builder, depth: number): Value {
  const array = builder.build(node.get("content"), depth);
  return array instanceof NdArray ? array.dtype : null;
}

function readSlice(node: Fields, builder: Builder): Value {
  const content = node.fields("content");
  const global = builder.find("builtins", "slice");
  const part = (name: string) => (content.get(name) === null ? null : content.number(name));
  return new Instance(global, [part("start"), part("stop"), part("step")]);
}
