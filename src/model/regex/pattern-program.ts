// A pattern as instructions: a character, an assertion, or where to go on.

import { type Assertion, PatternError, type PatternNode } from "./python-pattern.js";

export type Instruction =
  | { readonly op: "character"; readonly test: (character: string) => boolean }
  | { readonly op: "assertion"; readonly at: Assertion }
  /** `first` is preferred. */
  | { readonly op: "split"; first: number; second: number }
  | { readonly op: "jump"; to: number }
  | { readonly op: "open" | "close" | "match" };

/** A counted repetition is written out: a{1,1000} takes 2,000 instructions. */
const instructionsMax = 5_000;

/** @throws PatternError for a pattern that is too large, or repeats what can be empty */
export function programOf(root: PatternNode): readonly Instruction[] {
  if (repeatsEmpty(root)) throw new PatternError("it repeats what can be empty");
  if (sizeOf(root) > instructionsMax) throw new PatternError(`it takes more than ${instructionsMax} instructions`);
  const program: Instruction[] = [];
  compile(root, program);
  program.push({ op: "match" });
  return program;
}

/** Whether a part can match nothing. */
function canBeEmpty(node: PatternNode): boolean {
  switch (node.kind) {
    case "character":
      return false;
    case "assertion":
      return true;
    case "group":
      return canBeEmpty(node.part);
    case "sequence":
      return node.parts.every(canBeEmpty);
    case "choice":
      return node.parts.some(canBeEmpty);
    case "repeat":
      return node.least === 0 || canBeEmpty(node.part);
  }
}

/** Python leaves such a repetition at the first empty match, which depends on the way that it backtracks. */
function repeatsEmpty(node: PatternNode): boolean {
  if (node.kind === "repeat") return (node.most > 1 && canBeEmpty(node.part)) || repeatsEmpty(node.part);
  if (node.kind === "group") return repeatsEmpty(node.part);
  return "parts" in node && node.parts.some(repeatsEmpty);
}

/** Instructions of a part; all that are over the limit are alike. */
function sizeOf(node: PatternNode): number {
  switch (node.kind) {
    case "character":
    case "assertion":
      return 1;
    case "group":
      return sizeOf(node.part) + 2;
    case "sequence":
    case "choice":
      return node.parts.reduce((sum, part) => sum + sizeOf(part) + 2, 0);
    case "repeat": {
      const copies = Number.isFinite(node.most) ? node.most : node.least + 1;
      return Math.min(2 * instructionsMax, (sizeOf(node.part) + 2) * Math.max(1, copies));
    }
  }
}

function compile(node: PatternNode, program: Instruction[]): void {
  switch (node.kind) {
    case "character":
      program.push({ op: "character", test: testerOf(node.source, node.ignoresCase) });
      return;
    case "assertion":
      program.push({ op: "assertion", at: node.at });
      return;
    case "group":
      program.push({ op: "open" });
      compile(node.part, program);
      program.push({ op: "close" });
      return;
    case "sequence":
      for (const part of node.parts) compile(part, program);
      return;
    case "choice":
      compileChoice(node.parts, program);
      return;
    case "repeat":
      for (let copy = 0; copy < node.least; copy++) compile(node.part, program);
      if (Number.isFinite(node.most)) compileOptional(node.part, node.most - node.least, node.lazy, program);
      else compileLoop(node.part, node.lazy, program);
  }
}

function compileChoice(parts: readonly PatternNode[], program: Instruction[]): void {
  const ends: { op: "jump"; to: number }[] = [];
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1) {
      compile(part, program);
      break;
    }
    const split = { op: "split" as const, first: program.length + 1, second: 0 };
    program.push(split);
    compile(part, program);
    const end = { op: "jump" as const, to: 0 };
    program.push(end);
    ends.push(end);
    split.second = program.length;
  }
  for (const end of ends) end.to = program.length;
}

function splitOf(lazy: boolean, program: Instruction[]): (inside: number, after: number) => void {
  const split = { op: "split" as const, first: 0, second: 0 };
  program.push(split);
  return (inside, after) => {
    split.first = lazy ? after : inside;
    split.second = lazy ? inside : after;
  };
}

function compileLoop(part: PatternNode, lazy: boolean, program: Instruction[]): void {
  const start = program.length;
  const set = splitOf(lazy, program);
  compile(part, program);
  program.push({ op: "jump", to: start });
  set(start + 1, program.length);
}

function compileOptional(part: PatternNode, copies: number, lazy: boolean, program: Instruction[]): void {
  const splits: (() => void)[] = [];
  for (let copy = 0; copy < copies; copy++) {
    const inside = program.length + 1;
    const set = splitOf(lazy, program);
    splits.push(() => set(inside, program.length));
    compile(part, program);
  }
  for (const set of splits) set();
}

/** Characters whose results are cached: those of most scripts with an alphabet. */
const keptMax = 0x800;

function testerOf(source: string, ignoresCase: boolean): (character: string) => boolean {
  const expression = new RegExp(`^(?:${source})$`, ignoresCase ? "iu" : "u");
  const kept = new Int8Array(keptMax);
  return (character) => {
    const code = character.codePointAt(0)!;
    if (code >= keptMax) return expression.test(character);
    if (kept[code] === 0) kept[code] = expression.test(character) ? 1 : -1;
    return kept[code] === 1;
  };
}

/** Whether a character can begin a match; undefined where a match can be empty. */
export function startOf(program: readonly Instruction[]): ((character: string) => boolean) | undefined {
  const tests: ((character: string) => boolean)[] = [];
  const seen = new Set<number>();
  const open = [0];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const instruction = program[at]!;
    if (instruction.op === "match") return undefined;
    if (instruction.op === "character") tests.push(instruction.test);
    else if (instruction.op === "split") open.push(instruction.first, instruction.second);
    else open.push(instruction.op === "jump" ? instruction.to : at + 1);
  }
  return (character) => tests.some((test) => test(character));
}
