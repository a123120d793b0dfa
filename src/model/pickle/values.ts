// What a pickle can hold, as data. Python's list is an array, str a string, bytes a Uint8Array, int a number or, beyond
// 2^53, a bigint.

import { ModelError } from "../errors.js";

export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Value[]
  | Tuple
  | Dict
  | PySet
  | Global
  | Built;

/** Python's tuple; a separate class, because a list of the same items has another meaning in many places. */
export class Tuple {
  readonly items: readonly Value[];

  constructor(items: readonly Value[]) {
    this.items = items;
  }
}

/** Python's dict. A Map, never an object: the keys "__proto__" and "constructor" are data. */
export class Dict {
  // Made when first used: a hostile file can hold millions of empty ones.
  #entries: Map<Value, Value> | undefined;

  get(key: Value): Value | undefined {
    return this.#entries?.get(key);
  }

  set(key: Value, value: Value): void {
    this.#entries ??= new Map();
    this.#entries.set(key, value);
  }

  get entries(): ReadonlyMap<Value, Value> {
    return this.#entries ?? noEntries;
  }
}

const noEntries: ReadonlyMap<Value, Value> = new Map();

/** Python's set and frozenset, in the order of the file. */
export class PySet {
  readonly items: Value[];

  constructor(items: Value[] = []) {
    this.items = items;
  }
}

/** Looks up a global that the arguments of a call name. @throws ModelError when it is not allowed */
type Lookup = (module: string, name: string) => Global;

/** What calling a global makes of its arguments. It may only build data. */
export type Call = (args: readonly Value[], global: Global, lookup: Lookup) => Value;

/** A class or function that the file names, and that the allow-list has. */
export class Global {
  readonly module: string;
  readonly name: string;
  /** Absent: the name is the data, as with a dtype written as `numpy.float64`. */
  readonly call: Call | undefined;

  constructor(module: string, name: string, call?: Call) {
    this.module = module;
    this.name = name;
    this.call = call;
  }
}

/** A class of the author's own code, whose objects are only containers of their attributes. */
export class OwnClass extends Global {}

/** An object made by calling a global. What the file may still do to it is what its class overrides. */
export abstract class Built {
  /** For error messages: "a numpy.ndarray". */
  abstract readonly kind: string;

  /** REDUCE and NEWOBJ on the object itself. */
  call(_args: readonly Value[]): Value {
    throw new ModelError("pickle-broken", `The file calls ${this.kind}, which cannot be called`);
  }

  /** BUILD: Python's `__setstate__`. */
  setState(_state: Value): void {
    throw new ModelError("pickle-broken", `The file sets the state of ${this.kind}, which has none`);
  }

  /** APPEND, APPENDS and ADDITEMS on a subclass of list or set. */
  append(_items: readonly Value[]): void {
    throw new ModelError("pickle-broken", `The file appends to ${this.kind}, which is not a list`);
  }

  /** SETITEM and SETITEMS on a subclass of dict. */
  setItem(_key: Value, _value: Value): void {
    throw new ModelError("pickle-broken", `The file sets an item of ${this.kind}, which is not a dict`);
  }
}

/** An object of any class that is read by its attributes: every estimator, and objects that are never read. */
export class Instance extends Built {
  readonly global: Global;
  readonly args: readonly Value[];
  readonly attributes = new Map<string, Value>();
  readonly items: Value[] = [];
  readonly entries = new Dict();
  /** The state that BUILD sets, where it is not a dict of attributes. */
  state: Value = null;

  constructor(global: Global, args: readonly Value[] = []) {
    super();
    this.global = global;
    this.args = args;
  }

  get kind(): string {
    return `${this.global.module}.${this.global.name}`;
  }

  override setState(state: Value): void {
    const parts = state instanceof Tuple && state.items.length === 2 ? state.items : [state];
    if (!parts.every((part) => part === null || part instanceof Dict)) {
      this.state = state;
      return;
    }
    // A pair is the attributes and those in __slots__.
    for (const part of parts) {
      if (!(part instanceof Dict)) continue;
      for (const [name, value] of part.entries) if (typeof name === "string") this.attributes.set(name, value);
    }
  }

  override append(items: readonly Value[]): void {
    for (const item of items) this.items.push(item);
  }

  override setItem(key: Value, value: Value): void {
    this.entries.set(key, value);
  }
}

/** What a value is, for error messages: "a list", "a numpy.dtype". */
export function kindOf(value: Value | undefined): string {
  if (value === undefined) return "nothing";
  if (value === null) return "None";
  if (typeof value === "boolean") return "a bool";
  if (typeof value === "number") return Number.isInteger(value) ? "an int" : "a float";
  if (typeof value === "bigint") return "an int";
  if (typeof value === "string") return "a str";
  if (value instanceof Uint8Array) return "bytes";
  if (Array.isArray(value)) return "a list";
  if (value instanceof Tuple) return "a tuple";
  if (value instanceof Dict) return "a dict";
  if (value instanceof PySet) return "a set";
  if (value instanceof Global) return `the name ${value.module}.${value.name}`;
  return `a ${value.kind}`;
}
