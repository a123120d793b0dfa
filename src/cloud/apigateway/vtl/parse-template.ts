// Parses a mapping template: text, references and directives of the Velocity Template Language 1.7.

import { spendText } from "../worker/budget.js";
import type { Branch, Node } from "./ast.js";
import { parseArguments, parseExpression, parseReference } from "./parse-expression.js";
import { Scanner } from "./scanner.js";

/** API Gateway's quota for a mapping template: 300 KB. */
const templateBytesMax = 300 * 1024;
const depthMax = 100;

const plain = /[^#$\\]+/y;
const lineComment = /##[^\n]*(?:\n|$)/y;
const blockComment = /#\*[\s\S]*?(?:\*#|$)/y;
const directive = /#(?:\{([a-zA-Z][\w-]*)\}|([a-zA-Z][\w-]*))/y;
const backslashes = /\\+/y;
const escapable = /[$#](?:!?\{?[a-zA-Z_])/y;
const open = /[ \t]*\(/y;
const space = /\s*/y;
/** The rest of a directive's line, when it is blank: Velocity removes it. */
const restOfLine = /[ \t]*\r?\n/y;
const identifier = /[a-zA-Z_][\w-]*/y;

/** @throws VtlError */
export function parseTemplate(text: string): readonly Node[] {
  const bytes = Buffer.byteLength(text);
  if (bytes > templateBytesMax) {
    throw new Scanner(text).fault(`${bytes} bytes, at most ${templateBytesMax}`);
  }
  return parseTemplateText(text, 0);
}

export function parseTemplateText(text: string, depth: number): readonly Node[] {
  const scanner = new Scanner(text);
  const { nodes, ending } = parseNodes(scanner, depth);
  if (ending !== undefined) throw scanner.fault(`#${ending} without a directive`);
  return nodes;
}

/** Directives that end a block; the caller of `parseNodes` handles them. */
const endings = new Set(["end", "else", "elseif"]);

interface Block {
  readonly nodes: readonly Node[];
  /** The directive that ended the block; undefined at the end of the template. */
  readonly ending: string | undefined;
}

function parseNodes(scanner: Scanner, depth: number): Block {
  if (depth > depthMax) throw scanner.fault(`a template nested deeper than ${depthMax}`);
  const nodes: Node[] = [];
  let text = "";
  const flush = () => {
    if (text !== "") nodes.push({ kind: "text", text });
    text = "";
  };
  while (!scanner.ended) {
    const start = scanner.at;
    const plainText = scanner.take(plain);
    if (plainText) {
      text += plainText[0];
    } else if (scanner.text[start] === "\\") {
      text += parseBackslashes(scanner);
    } else if (scanner.take(lineComment) || scanner.take(blockComment)) {
      // A comment has no output.
    } else if (scanner.text[start] === "$") {
      const reference = parseReference(scanner, depth);
      if (reference) {
        flush();
        nodes.push({ kind: "reference", reference });
      } else {
        scanner.at = start + 1;
        text += "$";
      }
    } else {
      const literal = takeLiteralBlock(scanner);
      if (literal !== undefined) {
        text += literal;
        continue;
      }
      const found = scanner.take(directive);
      const name = found?.[1] ?? found?.[2];
      if (found && name !== undefined && endings.has(name)) {
        flush();
        return { nodes, ending: name };
      }
      const node = name === undefined ? undefined : parseDirective(scanner, name, found?.[0] ?? "", depth);
      if (node) {
        // Velocity removes the white space before a #set too.
        if (node.kind === "set") text = withoutTrailingBlanks(text);
        flush();
        nodes.push(node);
      } else {
        scanner.at = start + 1;
        text += "#";
      }
    }
  }
  flush();
  return { nodes, ending: undefined };
}

/** `#[[ ... ]]#`: text that is not interpreted. */
function takeLiteralBlock(scanner: Scanner): string | undefined {
  const { text, at } = scanner;
  if (!text.startsWith("#[[", at)) return undefined;
  const end = text.indexOf("]]#", at + 3);
  spendText((end < 0 ? text.length : end) - at);
  if (end < 0) return undefined;
  scanner.at = end + 3;
  return text.slice(at + 3, end);
}

/** Not a regular expression: `[ \t]+$` takes quadratic time where blanks are followed by something else. */
function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (text[end - 1] === " " || text[end - 1] === "\t") end--;
  return text.slice(0, end);
}

/**
 * Before a reference or a directive, two backslashes produce one, and an odd one escapes the sign. Elsewhere,
 * backslashes are text.
 */
function parseBackslashes(scanner: Scanner): string {
  const run = scanner.take(backslashes)?.[0] ?? "";
  const before = scanner.at;
  if (!scanner.take(escapable)) return run;
  scanner.at = before;
  if (run.length % 2 === 0) return run.slice(run.length / 2);
  scanner.at = before + 1;
  return run.slice((run.length + 1) / 2) + scanner.text[before];
}

/** undefined: not a directive, only text that starts with "#". */
function parseDirective(scanner: Scanner, name: string, text: string, depth: number): Node | undefined {
  switch (name) {
    case "set":
      return parseSet(scanner, depth);
    case "if":
      return parseIf(scanner, depth);
    case "foreach":
      return parseForeach(scanner, depth);
    case "macro":
      return parseMacro(scanner, depth);
    case "break":
      scanner.take(restOfLine);
      return { kind: "break" };
    case "stop":
    case "return":
      return { kind: "stop" };
    default: {
      const start = scanner.at;
      if (!scanner.take(open)) return undefined;
      const args = scanner.attempt(() => parseArguments(scanner, depth, "optional"));
      return args && { kind: "call", name, args, text: text + scanner.text.slice(start, scanner.at) };
    }
  }
}

function openParenthesis(scanner: Scanner, name: string): void {
  if (!scanner.take(open)) throw scanner.fault(`expected "(" after #${name}`);
}

function closeParenthesis(scanner: Scanner): void {
  scanner.take(space);
  scanner.expect(")");
  scanner.take(restOfLine);
}

function parseSet(scanner: Scanner, depth: number): Node {
  openParenthesis(scanner, "set");
  scanner.take(space);
  const target = parseReference(scanner, depth);
  if (!target) throw scanner.fault("expected a reference in #set");
  scanner.take(space);
  scanner.expect("=");
  const value = parseExpression(scanner, depth);
  closeParenthesis(scanner);
  return { kind: "set", target, value };
}

function parseIf(scanner: Scanner, depth: number): Node {
  const branches: Branch[] = [];
  let ending: string | undefined = "if";
  while (ending === "if" || ending === "elseif") {
    openParenthesis(scanner, ending);
    const condition = parseExpression(scanner, depth);
    closeParenthesis(scanner);
    const block = parseNodes(scanner, depth + 1);
    branches.push({ condition, body: block.nodes });
    ending = block.ending;
  }
  let otherwise: readonly Node[] = [];
  if (ending === "else") {
    scanner.take(restOfLine);
    const block = parseNodes(scanner, depth + 1);
    otherwise = block.nodes;
    ending = block.ending;
  }
  if (ending !== "end") throw scanner.fault("#if without #end");
  scanner.take(restOfLine);
  return { kind: "if", branches, otherwise };
}

function parseForeach(scanner: Scanner, depth: number): Node {
  openParenthesis(scanner, "foreach");
  scanner.take(space);
  const variable = parseReference(scanner, depth);
  if (!variable || variable.steps.length > 0) throw scanner.fault("expected a variable in #foreach");
  scanner.take(space);
  scanner.expect("in");
  const over = parseExpression(scanner, depth);
  closeParenthesis(scanner);
  return { kind: "foreach", variable: variable.name, over, body: parseBody(scanner, "foreach", depth) };
}

function parseMacro(scanner: Scanner, depth: number): Node {
  openParenthesis(scanner, "macro");
  scanner.take(space);
  const name = scanner.take(identifier)?.[0];
  if (name === undefined) throw scanner.fault("expected a name in #macro");
  const parameters: string[] = [];
  for (scanner.take(space); scanner.skip("$"); scanner.take(space)) {
    parameters.push(scanner.take(identifier)?.[0] ?? "");
    scanner.take(space);
    scanner.skip(",");
  }
  closeParenthesis(scanner);
  return { kind: "macro", name, parameters, body: parseBody(scanner, "macro", depth) };
}

function parseBody(scanner: Scanner, name: string, depth: number): readonly Node[] {
  const block = parseNodes(scanner, depth + 1);
  if (block.ending !== "end") throw scanner.fault(`#${name} without #end`);
  scanner.take(restOfLine);
  return block.nodes;
}
