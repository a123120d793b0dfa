// JSONPath as Jayway's library reads it: `$.a['b'].c[0]`, `[*]`, `..name`, `[1:3]`, `[?(@.price < 10)]`, `.length()`.

import { Scanner } from "../vtl/scanner.js";
import { type Filter, parseFilter } from "./parse-filter.js";

export type PathStep =
  | { readonly kind: "names"; readonly names: readonly string[] }
  | { readonly kind: "indices"; readonly indices: readonly number[] }
  | { readonly kind: "slice"; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: "wildcard" }
  /** `..`: the next step applies to the value and all its descendants. */
  | { readonly kind: "descend" }
  | { readonly kind: "filter"; readonly filter: Filter }
  | { readonly kind: "function"; readonly name: string };

export interface JsonPath {
  readonly steps: readonly PathStep[];
  /** Whether the path selects at most one value; otherwise its result is a list. */
  readonly isDefinite: boolean;
}

const name = /[^\s.[\]()'",=<>!&|~?:@$*+/%]+/y;
const space = /\s*/y;
const singleQuoted = /'((?:[^'\\]|\\.)*)'/y;
const doubleQuoted = /"((?:[^"\\]|\\.)*)"/y;
const slice = /(-?\d+)?\s*:\s*(-?\d+)?\s*(?=\])/y;
const index = /-?\d+/y;
const functionCall = /\.?(length|size|min|max|avg|sum|keys)\(\)/y;

/** @throws VtlError */
export function parsePath(text: string): JsonPath {
  const scanner = new Scanner(text.trim());
  // Jayway takes "a.b" as "$.a.b".
  const steps = scanner.skip("$") ? [] : [namesStep(scanner)];
  steps.push(...parseSteps(scanner));
  if (!scanner.ended) throw scanner.fault(`JSONPath ${text}`);
  return { steps, isDefinite: steps.every(isDefiniteStep) };
}

/** Steps up to what is not a step: the end, or the rest of a filter. */
export function parseSteps(scanner: Scanner): PathStep[] {
  const steps: PathStep[] = [];
  for (;;) {
    const call = scanner.take(functionCall);
    if (call) steps.push({ kind: "function", name: call[1] ?? "" });
    else if (scanner.skip("..")) {
      steps.push({ kind: "descend" });
      steps.push(scanner.skip("[") ? parseBracket(scanner) : namesStep(scanner));
    } else if (scanner.skip(".")) steps.push(scanner.skip("[") ? parseBracket(scanner) : namesStep(scanner));
    else if (scanner.skip("[")) steps.push(parseBracket(scanner));
    else return steps;
  }
}

function isDefiniteStep(step: PathStep): boolean {
  switch (step.kind) {
    case "names":
    case "function":
      return true;
    case "indices":
      return step.indices.length === 1;
    default:
      return false;
  }
}

function namesStep(scanner: Scanner): PathStep {
  if (scanner.skip("*")) return { kind: "wildcard" };
  const found = scanner.take(name);
  if (!found) throw scanner.fault("expected a name in a JSONPath");
  return { kind: "names", names: [found[0]] };
}

function parseBracket(scanner: Scanner): PathStep {
  scanner.take(space);
  const step = parseInBracket(scanner);
  scanner.take(space);
  scanner.expect("]");
  return step;
}

function parseInBracket(scanner: Scanner): PathStep {
  if (scanner.skip("*")) return { kind: "wildcard" };
  if (scanner.skip("?")) return { kind: "filter", filter: parseFilter(scanner) };
  const range = scanner.take(slice);
  if (range) return { kind: "slice", from: numberOrNone(range[1]), to: numberOrNone(range[2]) };
  const names = parseItems(scanner, () => {
    const found = scanner.takeQuoted("'", singleQuoted) ?? scanner.takeQuoted('"', doubleQuoted);
    return found && unquote(found[1] ?? "");
  });
  if (names.length > 0) return { kind: "names", names };
  const indices = parseItems(scanner, () => numberOrNone(scanner.take(index)?.[0]));
  if (indices.length > 0) return { kind: "indices", indices };
  throw scanner.fault("expected a name or an index in a JSONPath");
}

function parseItems<T>(scanner: Scanner, parse: () => T | undefined): T[] {
  const items: T[] = [];
  do {
    scanner.take(space);
    const item = parse();
    if (item === undefined) break;
    items.push(item);
    scanner.take(space);
  } while (scanner.skip(","));
  return items;
}

function numberOrNone(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

export function unquote(text: string): string {
  return text.replace(/\\(.)/g, "$1");
}
