// References and expressions of the Velocity Template Language 1.7.

import type { BinaryOperator, Expression, Reference, Step } from "./ast.js";
import { parseTemplateText } from "./parse-template.js";
import type { Scanner } from "./scanner.js";

/** Deeper nesting than in any template written by hand; bounds the parser's stack. */
const depthMax = 100;

const identifier = /[a-zA-Z_][a-zA-Z0-9_-]*/y;
const space = /\s*/y;
const numberToken = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;
const singleQuoted = /'((?:[^']|'')*)'/y;
const doubleQuoted = /"((?:[^"]|"")*)"/y;
const word = /(?:true|false|null)(?![\w-])/y;
const notWord = /not(?![\w-])/y;

/** Precedence levels, the lowest first: tokens and their operators. */
const levels: readonly (readonly (readonly [token: RegExp, operator: BinaryOperator])[])[] = [
  [[/\|\||or(?![\w-])/y, "||"]],
  [[/&&|and(?![\w-])/y, "&&"]],
  [
    [/==|eq(?![\w-])/y, "=="],
    [/!=|ne(?![\w-])/y, "!="],
  ],
  [
    [/<=|le(?![\w-])/y, "<="],
    [/>=|ge(?![\w-])/y, ">="],
    [/<|lt(?![\w-])/y, "<"],
    [/>|gt(?![\w-])/y, ">"],
  ],
  [
    [/\+/y, "+"],
    [/-/y, "-"],
  ],
  [
    [/\*/y, "*"],
    [/\//y, "/"],
    [/%/y, "%"],
  ],
];

/** @throws VtlError */
export function parseExpression(scanner: Scanner, depth = 0): Expression {
  if (depth > depthMax) throw scanner.fault(`an expression nested deeper than ${depthMax}`);
  return parseLevel(scanner, 0, depth);
}

function parseLevel(scanner: Scanner, level: number, depth: number): Expression {
  const operators = levels[level];
  if (!operators) return parseUnary(scanner, depth);
  let left = parseLevel(scanner, level + 1, depth);
  for (;;) {
    scanner.take(space);
    const found = operators.find(([token]) => scanner.take(token));
    if (!found) return left;
    left = { kind: "binary", operator: found[1], left, right: parseLevel(scanner, level + 1, depth) };
  }
}

function parseUnary(scanner: Scanner, depth: number): Expression {
  scanner.take(space);
  if (scanner.text[scanner.at] === "!" || scanner.take(notWord)) {
    scanner.skip("!");
    if (depth > depthMax) throw scanner.fault(`an expression nested deeper than ${depthMax}`);
    return { kind: "not", operand: parseUnary(scanner, depth + 1) };
  }
  return parsePrimary(scanner, depth);
}

function parsePrimary(scanner: Scanner, depth: number): Expression {
  if (scanner.skip("(")) {
    const inner = parseExpression(scanner, depth + 1);
    close(scanner, ")");
    return inner;
  }
  if (scanner.skip("[")) return parseList(scanner, depth);
  if (scanner.skip("{")) return parseMap(scanner, depth);
  const single = scanner.takeQuoted("'", singleQuoted);
  if (single) return { kind: "literal", value: (single[1] ?? "").replaceAll("''", "'") };
  const double = scanner.takeQuoted('"', doubleQuoted);
  if (double) {
    const body = parseTemplateText((double[1] ?? "").replaceAll('""', '"'), depth + 1);
    return { kind: "interpolated", body };
  }
  const number = scanner.take(numberToken);
  if (number) {
    const value = Number(number[0]);
    return number[1] || number[2] ? { kind: "double", value } : { kind: "literal", value };
  }
  const found = scanner.take(word)?.[0];
  if (found) return { kind: "literal", value: found === "null" ? null : found === "true" };
  const reference = parseReference(scanner, depth);
  if (reference) return { kind: "value", reference };
  throw scanner.fault("expected an expression");
}

function parseList(scanner: Scanner, depth: number): Expression {
  scanner.take(space);
  if (scanner.skip("]")) return { kind: "list", items: [] };
  const first = parseExpression(scanner, depth + 1);
  scanner.take(space);
  if (scanner.skip("..")) {
    const to = parseExpression(scanner, depth + 1);
    close(scanner, "]");
    return { kind: "range", from: first, to };
  }
  const items = [first];
  while (comma(scanner)) items.push(parseExpression(scanner, depth + 1));
  close(scanner, "]");
  return { kind: "list", items };
}

function parseMap(scanner: Scanner, depth: number): Expression {
  const entries: [Expression, Expression][] = [];
  scanner.take(space);
  if (scanner.skip("}")) return { kind: "map", entries };
  do {
    const name = parseExpression(scanner, depth + 1);
    close(scanner, ":");
    entries.push([name, parseExpression(scanner, depth + 1)]);
  } while (comma(scanner));
  close(scanner, "}");
  return { kind: "map", entries };
}

function comma(scanner: Scanner): boolean {
  scanner.take(space);
  return scanner.skip(",");
}

function close(scanner: Scanner, mark: string): void {
  scanner.take(space);
  scanner.expect(mark);
}

/** Arguments after "(", including the closing ")". Commas are optional in macro calls. */
export function parseArguments(scanner: Scanner, depth: number, commas: "required" | "optional"): Expression[] {
  const args: Expression[] = [];
  scanner.take(space);
  if (scanner.skip(")")) return args;
  for (;;) {
    args.push(parseExpression(scanner, depth + 1));
    scanner.take(space);
    if (scanner.skip(")")) return args;
    if (!scanner.skip(",") && commas === "required") throw scanner.fault('expected "," or ")"');
  }
}

/** `$name`, `$!name`, `${name.property}`, ...; undefined, with nothing consumed, when "$" is only a dollar sign. */
export function parseReference(scanner: Scanner, depth: number): Reference | undefined {
  const start = scanner.at;
  if (!scanner.skip("$")) return undefined;
  scanner.skip("!");
  const braced = scanner.skip("{");
  const name = scanner.take(identifier)?.[0];
  if (name === undefined) {
    scanner.at = start;
    return undefined;
  }
  const steps: Step[] = [];
  for (let step = parseStep(scanner, depth); step; step = parseStep(scanner, depth)) steps.push(step);
  if (braced && !scanner.skip("}")) {
    scanner.at = start;
    return undefined;
  }
  return { name, steps };
}

function parseStep(scanner: Scanner, depth: number): Step | undefined {
  const start = scanner.at;
  if (scanner.skip(".")) {
    const name = scanner.take(identifier)?.[0];
    if (name === undefined) {
      scanner.at = start;
      return undefined;
    }
    if (!scanner.skip("(")) return { kind: "property", name };
    return { kind: "method", name, args: parseArguments(scanner, depth, "required") };
  }
  // A bracket without an expression is text that follows the reference.
  return scanner.attempt(() => {
    scanner.expect("[");
    const index = parseExpression(scanner, depth + 1);
    close(scanner, "]");
    return { kind: "index", index };
  });
}
