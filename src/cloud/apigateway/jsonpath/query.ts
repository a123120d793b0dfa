// Evaluates a JSONPath. A missing leaf gives nothing; an indefinite path gives a list.

import { sameValue } from "../vtl/operators.js";
import { JavaDouble, JavaList, numberOf, textOf, type Value } from "../vtl/values.js";
import { spend } from "../worker/budget.js";
import type { Comparison, Filter, Operand } from "./parse-filter.js";
import { type JsonPath, type PathStep, parsePath } from "./parse-path.js";

/** Paths come from templates; the bounds are for templates that make paths out of requests. */
const parsedMax = 1000;
const cachedPathCharactersMax = 1000;
/** One step of the budget copies about this many values. */
const valuesPerStep = 8;
const parsed = new Map<string, JsonPath>();

/**
 * The value at `path`, a list when the path is indefinite; undefined when the document has no such value.
 * @throws VtlError when the path is invalid, BudgetExceeded
 */
export function query(root: Value, path: string): Value | undefined {
  let known = parsed.get(path);
  if (!known) {
    if (parsed.size >= parsedMax) parsed.clear();
    known = parsePath(path);
    if (path.length <= cachedPathCharactersMax) parsed.set(path, known);
  }
  const found = new Query(root).run([root], known.steps);
  return known.isDefinite ? found[0] : new JavaList(found, true);
}

class Query {
  readonly #root: Value;

  constructor(root: Value) {
    this.#root = root;
  }

  run(start: readonly Value[], steps: readonly PathStep[]): Value[] {
    let values: readonly Value[] = start;
    for (const step of steps) {
      values = values.flatMap((value) => this.#step(value, step));
      spend(values.length / valuesPerStep);
    }
    return [...values];
  }

  #step(value: Value, step: PathStep): Value[] {
    spend();
    switch (step.kind) {
      case "names":
        return value instanceof Map
          ? step.names.flatMap((name) => (value.has(name) ? [value.get(name) ?? null] : []))
          : [];
      case "indices":
        if (!(value instanceof JavaList)) return [];
        return step.indices.flatMap((index) => {
          const item = value.items.at(index);
          return item === undefined ? [] : [item];
        });
      case "slice":
        return value instanceof JavaList ? value.items.slice(step.from, step.to) : [];
      case "wildcard":
        return childrenOf(value);
      case "descend":
        return descendantsOf(value);
      case "filter":
        // Applied to a map, a filter tests the map itself, as in Jayway.
        return (value instanceof Map ? [value] : childrenOf(value)).filter((item) => this.#holds(item, step.filter));
      case "function":
        return apply(step.name, value);
    }
  }

  #holds(item: Value, filter: Filter): boolean {
    switch (filter.kind) {
      case "or":
        return filter.parts.some((part) => this.#holds(item, part));
      case "and":
        return filter.parts.every((part) => this.#holds(item, part));
      case "not":
        return !this.#holds(item, filter.part);
      case "exists":
        return this.#operand(item, filter.operand) !== undefined;
      case "compare": {
        const { operator, left, right } = filter;
        const one = this.#operand(item, left);
        if (right.kind === "pattern")
          return operator === "=~" && one !== undefined && right.pattern.matches(textOf(one));
        if (right.kind === "list") {
          const isIn = one !== undefined && right.items.some((value) => sameKindAndValue(one, value));
          return operator === "in" ? isIn : operator === "nin" && !isIn;
        }
        return compare(operator, one, this.#operand(item, right));
      }
    }
  }

  #operand(item: Value, operand: Operand): Value | undefined {
    if (operand.kind === "value") return operand.value;
    if (operand.kind === "path") return this.run([operand.from === "item" ? item : this.#root], operand.steps)[0];
    return undefined;
  }
}

/** The value and everything below it, parents first. */
function descendantsOf(root: Value): Value[] {
  const found: Value[] = [];
  const pending = [root];
  while (pending.length > 0) {
    const value = pending.pop() ?? null;
    spend();
    found.push(value);
    for (const child of childrenOf(value).reverse()) pending.push(child);
  }
  return found;
}

function childrenOf(value: Value): Value[] {
  if (value instanceof JavaList) spend(value.items.length / valuesPerStep);
  else if (value instanceof Map) spend(value.size / valuesPerStep);
  if (value instanceof JavaList) return [...value.items];
  return value instanceof Map ? [...value.values()] : [];
}

function sameKindAndValue(one: Value, other: Value): boolean {
  return (typeof one === "string") === (typeof other === "string") && sameValue(one, other);
}

function compare(operator: Comparison, one: Value | undefined, other: Value | undefined): boolean {
  if (operator === "!=") return one === undefined || other === undefined || !sameKindAndValue(one, other);
  if (one === undefined || other === undefined) return false;
  if (operator === "==") return sameKindAndValue(one, other);
  const left = typeof one === "string" ? one : numberOf(one);
  const right = typeof other === "string" ? other : numberOf(other);
  if (left === undefined || right === undefined || typeof left !== typeof right) return false;
  switch (operator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      return false;
  }
}

function apply(name: string, value: Value): Value[] {
  if (name === "length" || name === "size") {
    if (value instanceof JavaList) return [value.items.length];
    if (value instanceof Map) return [value.size];
    return typeof value === "string" ? [value.length] : [];
  }
  if (name === "keys") {
    if (!(value instanceof Map)) return [];
    spend(value.size / valuesPerStep);
    return [new JavaList([...value.keys()], true)];
  }
  const numbers = childrenOf(value).flatMap((item) => numberOf(item) ?? []);
  if (numbers.length === 0) return [];
  const sum = numbers.reduce((total, number) => total + number, 0);
  if (name === "sum") return [new JavaDouble(sum)];
  if (name === "avg") return [new JavaDouble(sum / numbers.length)];
  return [
    new JavaDouble(
      numbers.reduce((best, number) => (name === "min" ? Math.min(best, number) : Math.max(best, number))),
    ),
  ];
}
