// The objects inside a container that a file holds, by their path: "scaler", "0", "models.rf".

import { Dict, Instance, kindOf, Tuple, type Value } from "../pickle/values.js";
import { findEstimatorClass } from "../registry/registry.js";

/** Members and levels that are listed: the bundles that people save are small. */
const listedMax = 2_000;
const depthMax = 4;

interface Member {
  readonly path: string;
  readonly value: Value;
}

/** Keys of one path: a pickle that contains itself has paths of any length. */
const segmentsMax = 100;

/**
 * The object at a path of keys and indices. A key that contains dots is found too: the longest key that fits is tried
 * first.
 */
export function findMember(container: Value, path: string): Value | undefined {
  const segments = path.split(".", segmentsMax + 1);
  if (segments.length > segmentsMax) return undefined;
  /** The containers and positions from which the rest of the path leads nowhere: each is searched once. */
  const failed = new Map<Value, Set<number>>();
  return find(container, 0);

  function find(value: Value, start: number): Value | undefined {
    if (start === segments.length) return value;
    if (failed.get(value)?.has(start)) return undefined;
    for (let end = segments.length; end > start; end--) {
      const item = itemAt(value, segments.slice(start, end).join("."));
      const found = item === undefined ? undefined : find(item, end);
      if (found !== undefined) return found;
    }
    failed.set(value, (failed.get(value) ?? new Set()).add(start));
    return undefined;
  }
}

/** What a container holds at a key or an index. */
function itemAt(value: Value, key: string): Value | undefined {
  const number = String(Number(key)) === key ? Number(key) : undefined;
  if (value instanceof Dict) return value.entries.get(key) ?? entryAt(value, number);
  if (value instanceof Instance) {
    if (findEstimatorClass(value.global.module, value.global.name)) return undefined;
    return value.attributes.get(key) ?? value.entries.entries.get(key) ?? entryAt(value.entries, number);
  }
  const items = value instanceof Tuple ? value.items : Array.isArray(value) ? value : undefined;
  return number === undefined ? undefined : items?.[number];
}

function entryAt({ entries }: Dict, number: number | undefined): Value | undefined {
  return number === undefined ? undefined : entries.get(number);
}

/** The objects of a container and of the containers in it; estimators and arrays are not opened. */
export function membersOf(container: Value): readonly Member[] {
  const members: Member[] = [];
  const seen = new Set<Value>();
  function list(value: Value, prefix: string, depth: number): void {
    if (depth > depthMax || seen.has(value)) return;
    seen.add(value);
    for (const [key, item] of itemsOf(value)) {
      if (members.length === listedMax) return;
      const path = prefix === "" ? key : `${prefix}.${key}`;
      members.push({ path, value: item });
      if (!isNameList(item)) list(item, path, depth + 1);
    }
  }
  list(container, "", 1);
  return members;
}

/** What a container holds, by key. Anything else holds nothing. */
function itemsOf(value: Value): readonly (readonly [string, Value])[] {
  if (value instanceof Dict) return entriesOf(value);
  if (value instanceof Instance) {
    if (findEstimatorClass(value.global.module, value.global.name)) return [];
    // A dict subclass, such as scikit-learn's Bunch, or an object with attributes.
    return [...entriesOf(value.entries), ...value.attributes];
  }
  const items = value instanceof Tuple ? value.items : Array.isArray(value) ? value : [];
  return items.map((item, index) => [String(index), item] as const);
}

function entriesOf({ entries }: Dict): [string, Value][] {
  return [...entries].flatMap(([key, item]): [string, Value][] =>
    typeof key === "string" || typeof key === "number" ? [[String(key), item]] : [],
  );
}

/** A list of names is one member, not one for each name. */
function isNameList(value: Value): boolean {
  const items = value instanceof Tuple ? value.items : value;
  return Array.isArray(items) && items.length > 0 && items.every((item) => typeof item === "string");
}

/** Whether an object is a container, whose members a reference can name. */
export function isContainer(value: Value): boolean {
  return itemsOf(value).length > 0;
}

/** What a member is, for messages: "StandardScaler", "a list". */
export function memberKind(value: Value): string {
  const row = value instanceof Instance ? findEstimatorClass(value.global.module, value.global.name) : undefined;
  return row?.name ?? kindOf(value);
}
