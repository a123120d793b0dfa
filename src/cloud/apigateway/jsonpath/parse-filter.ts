// The condition of `[?(...)]`.

import { type JavaRegex, javaRegex } from "../regex/java-regex.js";
import type { Scanner } from "../vtl/scanner.js";
import { JavaDouble, type Value } from "../vtl/values.js";
import { type PathStep, parseSteps, unquote } from "./parse-path.js";

export type Operand =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "pattern"; readonly pattern: JavaRegex }
  /** From the item (`@`) or from the root (`$`). */
  | { readonly kind: "path"; readonly from: "item" | "root"; readonly steps: readonly PathStep[] };

export type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=" | "=~" | "in" | "nin";

export type Filter =
  | { readonly kind: "or" | "and"; readonly parts: readonly Filter[] }
  | { readonly kind: "not"; readonly part: Filter }
  | { readonly kind: "exists"; readonly operand: Operand }
  | { readonly kind: "compare"; readonly operator: Comparison; readonly left: Operand; readonly right: Operand };

/** Deeper than any condition written by hand. */
const depthMax = 50;

const space = /\s*/y;
const comparison = /==|!=|<=|>=|=~|<|>|nin\b|in\b/y;
const singleQuoted = /'((?:[^'\\]|\\.)*)'/y;
const doubleQuoted = /"((?:[^"\\]|\\.)*)"/y;
const number = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;
const word = /(?:true|false|null)\b/y;
const pattern = /\/((?:[^/\\]|\\.)*)\/(i?)/y;

/** @throws VtlError */
export function parseFilter(scanner: Scanner): Filter {
  scanner.take(space);
  scanner.expect("(");
  const filter = parseOr(scanner, 0);
  close(scanner, ")");
  return filter;
}

function parseOr(scanner: Scanner, depth: number): Filter {
  if (depth > depthMax) throw scanner.fault(`a filter nested deeper than ${depthMax}`);
  const parts = [parseAnd(scanner, depth)];
  while (mark(scanner, "||")) parts.push(parseAnd(scanner, depth));
  return parts.length === 1 ? parts[0]! : { kind: "or", parts };
}

function parseAnd(scanner: Scanner, depth: number): Filter {
  const parts = [parseTerm(scanner, depth)];
  while (mark(scanner, "&&")) parts.push(parseTerm(scanner, depth));
  return parts.length === 1 ? parts[0]! : { kind: "and", parts };
}

function parseTerm(scanner: Scanner, depth: number): Filter {
  if (mark(scanner, "!")) return { kind: "not", part: parseTerm(scanner, depth + 1) };
  if (mark(scanner, "(")) {
    const inner = parseOr(scanner, depth + 1);
    close(scanner, ")");
    return inner;
  }
  const left = parseOperand(scanner);
  scanner.take(space);
  const operator = scanner.take(comparison)?.[0];
  if (!operator) return { kind: "exists", operand: left };
  return { kind: "compare", operator: comparisonOf(operator), left, right: parseOperand(scanner) };
}

const comparisons: ReadonlyMap<string, Comparison> = new Map(
  (["==", "!=", "<", "<=", ">", ">=", "=~", "in", "nin"] as const).map((operator) => [operator, operator]),
);

function comparisonOf(text: string): Comparison {
  return comparisons.get(text) ?? "==";
}

function parseOperand(scanner: Scanner): Operand {
  scanner.take(space);
  if (scanner.skip("@")) return { kind: "path", from: "item", steps: parseSteps(scanner) };
  if (scanner.skip("$")) return { kind: "path", from: "root", steps: parseSteps(scanner) };
  const expression = scanner.takeQuoted("/", pattern);
  if (expression) {
    const [, source = "", flags = ""] = expression;
    return { kind: "pattern", pattern: javaRegex((flags ? "(?i)" : "") + source) };
  }
  if (scanner.skip("[")) {
    const items: Value[] = [];
    while (!mark(scanner, "]")) {
      items.push(parseLiteral(scanner));
      mark(scanner, ",");
    }
    return { kind: "list", items };
  }
  return { kind: "value", value: parseLiteral(scanner) };
}

function parseLiteral(scanner: Scanner): Value {
  scanner.take(space);
  const text = scanner.takeQuoted("'", singleQuoted) ?? scanner.takeQuoted('"', doubleQuoted);
  if (text) return unquote(text[1] ?? "");
  const digits = scanner.take(number);
  if (digits) return digits[1] || digits[2] ? new JavaDouble(Number(digits[0])) : Number(digits[0]);
  const found = scanner.take(word)?.[0];
  if (!found) throw scanner.fault("expected a value in a JSONPath filter");
  return found === "null" ? null : found === "true";
}

function mark(scanner: Scanner, text: string): boolean {
  scanner.take(space);
  return scanner.skip(text);
}

function close(scanner: Scanner, text: string): void {
  scanner.take(space);
  scanner.expect(text);
}
