// The methods of Java's strings, lists, maps and numbers that templates can call, by receiver. An unknown method
// gives null.

import { javaRegex, matchedCharactersMax } from "../regex/java-regex.js";
import { charactersPerStep, spend, spendText } from "../worker/budget.js";
import { VtlError } from "./ast.js";
import { sameValue } from "./operators.js";
import { HostObject, JavaDouble, JavaList, type JavaMap, numberOf, textOf, type Value } from "./values.js";

type Method<T> = (self: T, args: readonly Value[]) => Value;

/** The longest list that a template can build with addAll: doubling one in a loop would otherwise take all memory. */
const listItemsMax = 100_000;
/** The longest string that `repeat` returns: a payload of API Gateway has at most 10 MB. */
const repeatedCharactersMax = 10 * 1024 * 1024;
/** One step of the budget visits about this many items of a list. */
const itemsPerStep = 8;

const text = (value: Value | undefined): string => textOf(value ?? null);
const whole = (value: Value | undefined): number => Math.trunc(numberOf(value ?? null) ?? Number.NaN);

/** @throws VtlError as Java throws IndexOutOfBoundsException */
function checkIndex(index: number, size: number): number {
  if (!(index >= 0 && index < size)) throw new VtlError(`Index ${index} out of bounds for length ${size}`);
  return index;
}

/** @throws VtlError when the text is longer than regular expressions are matched against */
function matchable(self: string): string {
  if (self.length > matchedCharactersMax) {
    throw new VtlError(`A regular expression on ${self.length} characters, at most ${matchedCharactersMax}`);
  }
  return self;
}

/** Counts a visit of every item. */
function visited<T extends { readonly length: number }>(items: T): T {
  spend(1 + items.length / itemsPerStep);
  return items;
}

function visitedMap(map: JavaMap): JavaMap {
  spend(1 + map.size / itemsPerStep);
  return map;
}

const stringMethods: Readonly<Record<string, Method<string>>> = {
  length: (self) => self.length,
  isEmpty: (self) => self === "",
  isBlank: (self) => self.trim() === "",
  trim: (self) => self.trim(),
  strip: (self) => self.trim(),
  toLowerCase: (self) => self.toLowerCase(),
  toUpperCase: (self) => self.toUpperCase(),
  charAt: (self, [index]) => self[checkIndex(whole(index), self.length)] ?? "",
  substring: (self, [from, to]) => {
    const start = whole(from);
    const end = to === undefined ? self.length : whole(to);
    if (!(start >= 0 && start <= end && end <= self.length)) {
      throw new VtlError(`begin ${start}, end ${end}, length ${self.length}`);
    }
    return self.slice(start, end);
  },
  indexOf: (self, [part, from]) => self.indexOf(text(part), from === undefined ? 0 : whole(from)),
  lastIndexOf: (self, [part]) => self.lastIndexOf(text(part)),
  contains: (self, [part]) => self.includes(text(part)),
  startsWith: (self, [part]) => self.startsWith(text(part)),
  endsWith: (self, [part]) => self.endsWith(text(part)),
  concat: (self, [other]) => {
    spendText(text(other).length);
    return self + text(other);
  },
  repeat: (self, [count]) => {
    const length = self.length * checkIndex(whole(count), Number.MAX_SAFE_INTEGER);
    if (length > repeatedCharactersMax) {
      throw new VtlError(`A string of ${length} characters, at most ${repeatedCharactersMax}`);
    }
    spendText(length);
    return self.repeat(whole(count));
  },
  equals: (self, [other]) => self === other,
  equalsIgnoreCase: (self, [other]) => self.toLowerCase() === text(other).toLowerCase(),
  compareTo: (self, [other]) => (self < text(other) ? -1 : self > text(other) ? 1 : 0),
  replace: (self, [from, to]) => replaceLiteral(self, text(from), text(to)),
  replaceAll: (self, [pattern, to]) => javaRegex(text(pattern)).replaceAll(matchable(self), text(to)),
  replaceFirst: (self, [pattern, to]) => javaRegex(text(pattern)).replaceFirst(matchable(self), text(to)),
  matches: (self, [pattern]) => javaRegex(text(pattern)).matches(matchable(self)),
  split: (self, [pattern, limit]) =>
    new JavaList(javaRegex(text(pattern)).split(matchable(self), limit ? whole(limit) : 0), false),
  toString: (self: string) => self,
};

function replaceLiteral(self: string, from: string, to: string): string {
  // An empty string matches before every character and at the end.
  const parts = from === "" ? ["", ...self.split(""), ""] : self.split(from);
  spend((parts.length * (charactersPerStep / itemsPerStep + to.length)) / charactersPerStep);
  return parts.join(to);
}

const listMethods: Readonly<Record<string, Method<JavaList>>> = {
  size: ({ items }) => items.length,
  isEmpty: ({ items }) => items.length === 0,
  get: ({ items }, [index]) => items[checkIndex(whole(index), items.length)] ?? null,
  add: ({ items }, [first = null, second]) => {
    if (second === undefined) items.push(first);
    else visited(items).splice(checkIndex(whole(first), items.length + 1), 0, second);
    return second === undefined ? true : null;
  },
  addAll: ({ items }, [other]) => {
    if (!(other instanceof JavaList)) return null;
    if (items.length + other.items.length > listItemsMax) {
      throw new VtlError(`A list of ${items.length + other.items.length} items, at most ${listItemsMax}`);
    }
    for (const item of [...visited(other.items)]) items.push(item);
    return other.items.length > 0;
  },
  set: ({ items }, [index, value = null]) => {
    const [before = null] = items.splice(checkIndex(whole(index), items.length), 1, value);
    return before;
  },
  remove: ({ items }, [which = null]) => {
    if (typeof which === "number") return visited(items).splice(checkIndex(which, items.length), 1)[0] ?? null;
    const index = visited(items).findIndex((item) => sameValue(item, which));
    if (index >= 0) items.splice(index, 1);
    return index >= 0;
  },
  contains: ({ items }, [value = null]) => visited(items).some((item) => sameValue(item, value)),
  indexOf: ({ items }, [value = null]) => visited(items).findIndex((item) => sameValue(item, value)),
  subList: ({ items, isJson }, [from, to]) =>
    new JavaList(
      visited(items).slice(checkIndex(whole(from), items.length + 1), checkIndex(whole(to), items.length + 1)),
      isJson,
    ),
  clear: ({ items }) => {
    items.length = 0;
    return null;
  },
  iterator: (self) => self,
  toString: (self: JavaList) => textOf(self),
};

/** An entry of a map, as `entrySet()` returns it. */
class MapEntry extends HostObject {
  readonly #map: JavaMap;
  readonly #key: string;

  constructor(map: JavaMap, key: string) {
    super();
    this.#map = map;
    this.#key = key;
  }

  override property(name: string): Value | undefined {
    if (name === "key") return this.#key;
    return name === "value" ? (this.#map.get(this.#key) ?? null) : undefined;
  }

  override call(method: string): Value | undefined {
    if (method === "getKey") return this.property("key");
    return method === "getValue" ? this.property("value") : undefined;
  }

  override toString(): string {
    return `${this.#key}=${textOf(this.#map.get(this.#key) ?? null)}`;
  }
}

const mapMethods: Readonly<Record<string, Method<JavaMap>>> = {
  size: (self) => self.size,
  isEmpty: (self) => self.size === 0,
  get: (self, [key]) => self.get(text(key)) ?? null,
  getOrDefault: (self, [key, fallback = null]) => self.get(text(key)) ?? fallback,
  put: (self, [key, value = null]) => {
    const before = self.get(text(key)) ?? null;
    self.set(text(key), value);
    return before;
  },
  putAll: (self, [other]) => {
    if (other instanceof Map) for (const [key, value] of visitedMap(other)) self.set(key, value);
    return null;
  },
  remove: (self, [key]) => {
    const before = self.get(text(key)) ?? null;
    self.delete(text(key));
    return before;
  },
  containsKey: (self, [key]) => self.has(text(key)),
  containsValue: (self, [value = null]) => [...visitedMap(self).values()].some((item) => sameValue(item, value)),
  keySet: (self) => new JavaList([...visitedMap(self).keys()], false),
  values: (self) => new JavaList([...visitedMap(self).values()], false),
  entrySet: (self) =>
    new JavaList(
      [...visitedMap(self).keys()].map((key) => new MapEntry(self, key)),
      false,
    ),
  clear: (self) => {
    self.clear();
    return null;
  },
  toString: (self: JavaMap) => textOf(self),
};

const numberMethods: Readonly<Record<string, Method<number | bigint | JavaDouble>>> = {
  intValue: (self) => Math.trunc(numberOf(self) ?? 0),
  longValue: (self) => Math.trunc(numberOf(self) ?? 0),
  doubleValue: (self) => new JavaDouble(numberOf(self) ?? 0),
  // Templates call Integer.parseInt on any integer that they have: `$x.parseInt("1")`.
  parseInt: (_self, [value]) => {
    const found = /^[+-]?\d+$/.exec(text(value));
    if (!found) throw new VtlError(`For input string: "${text(value)}"`);
    return Number(found[0]);
  },
  parseDouble: (_self, [value]) => {
    const number = Number(text(value));
    if (Number.isNaN(number) || text(value).trim() === "") throw new VtlError(`For input string: "${text(value)}"`);
    return new JavaDouble(number);
  },
  equals: (self, [other = null]) => sameValue(self, other),
  compareTo: (self, [other = null]) => Math.sign((numberOf(self) ?? 0) - (numberOf(other) ?? 0)),
  toString: (self: number | bigint | JavaDouble) => textOf(self),
};

/** Calls a method of the receiver's Java class; undefined when it has none of that name. */
export function callMethod(self: Value, name: string, args: readonly Value[]): Value | undefined {
  if (self === null) return undefined;
  if (self instanceof HostObject) return self.call(name, args);
  if (typeof self === "string") {
    spendText(self.length);
    return own(stringMethods, name)?.(self, args);
  }
  if (self instanceof JavaList) return own(listMethods, name)?.(self, args);
  if (self instanceof Map) return own(mapMethods, name)?.(self, args);
  if (typeof self === "boolean") {
    if (name === "toString") return String(self);
    return name === "equals" ? self === args[0] : undefined;
  }
  return own(numberMethods, name)?.(self, args);
}

function own<T>(methods: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(methods, name) ? methods[name] : undefined;
}

/** A property: a map's entry, or Java's getter (`empty` is `isEmpty()`). undefined: no such property. */
export function propertyOf(self: Value, name: string): Value | undefined {
  if (self instanceof Map) return self.get(name) ?? (name === "empty" ? self.size === 0 : undefined);
  if (self instanceof HostObject) return self.property(name);
  if (name === "empty" && (typeof self === "string" || self instanceof JavaList))
    return callMethod(self, "isEmpty", []);
  return undefined;
}

/** The value at a path of property names: `["identity", "sourceIp"]`. */
export function propertyAt(self: Value, names: readonly string[]): Value | undefined {
  let value: Value | undefined = self;
  for (const name of names) value = value === undefined ? undefined : propertyOf(value, name);
  return value;
}
