// Finds all matches of a pattern without backtracking: every way through the pattern is followed at once (Pike's simulation, in the order of
// preference that Python has), so that a match takes at most as many steps as the pattern has instructions, for each character.

import { ModelError } from "../../errors.js";
import { type Assertion, type Pattern, PatternError, type PatternNode } from "./python-pattern.js";

type Instruction =
  | { readonly op: "character"; readonly test: (character: string) => boolean }
  | { readonly op: "assertion"; readonly at: Assertion }
  /** `first` is preferred. */
  | { readonly op: "split"; first: number; second: number }
  | { readonly op: "jump"; to: number }
  | { readonly op: "open" | "close" | "match" };

/** A counted repetition is written out: a{1,1000} takes 2,000 instructions. */
const instructionsMax = 5_000;

/**
 * Steps of one request, a few seconds. Six megabytes of words take about half of them; matches of some patterns begin anew at each
 * character and look at all that follow, which takes far more.
 */
const stepsMax = 1 << 26;

/** What the matches of one request may still cost. */
export class StepBudget {
  #left = stepsMax;

  /** @throws ModelError "input-pattern-limit" */
  take(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) {
      throw new ModelError(
        "input-pattern-limit",
        `The documents take more than ${stepsMax} steps of the model's token_pattern`,
      );
    }
  }
}

/** Finds what re.findall does: the whole matches, or what the one group of a pattern with a group has matched. */
export type FindAll = (text: string, budget: StepBudget) => string[];

/** @throws PatternError for a pattern that is too large */
export function matcherOf({ root, groups }: Pattern): FindAll {
  if (groups > 1) throw new PatternError("it has more than one group");
  if (repeatsEmpty(root)) throw new PatternError("it repeats what can be empty");
  if (sizeOf(root) > instructionsMax) throw new PatternError(`it takes more than ${instructionsMax} instructions`);
  const program: Instruction[] = [];
  compile(root, program);
  program.push({ op: "match" });
  return (text, budget) => findAll(program, groups === 1, Array.from(text), budget);
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

/** Characters whose answers are kept: those of most scripts with an alphabet. */
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

const isWord = /[\p{L}\p{N}_]/u;

function holds(at: Assertion, text: readonly string[], place: number): boolean {
  switch (at) {
    case "text start":
      return place === 0;
    case "line start":
      return place === 0 || text[place - 1] === "\n";
    case "text end":
      return place === text.length;
    case "last line end":
      return place === text.length || (place === text.length - 1 && text[place] === "\n");
    case "line end":
      return place === text.length || text[place] === "\n";
    default: {
      const before = place > 0 && isWord.test(text[place - 1]!);
      const after = place < text.length && isWord.test(text[place]!);
      // Python's \B does not match an empty text.
      return at === "boundary" ? before !== after : before === after && text.length > 0;
    }
  }
}

/** A way through the pattern: where it is, where its match began, and what its group has. */
class Thread {
  readonly instruction: number;
  readonly start: number;
  readonly from: number;
  readonly to: number;

  constructor(instruction: number, start: number, from: number, to: number) {
    this.instruction = instruction;
    this.start = start;
    this.from = from;
    this.to = to;
  }
}

function findAll(
  program: readonly Instruction[],
  hasGroup: boolean,
  text: readonly string[],
  budget: StepBudget,
): string[] {
  const found: string[] = [];
  let start = 0;
  /** Right after an empty match no other empty one is found. */
  let emptyAt = -1;
  const search = searchOf(program, text, budget);
  while (start <= text.length) {
    const match = search(start, emptyAt);
    if (!match) break;
    const [from, to] = hasGroup ? [match.from, match.to] : [match.start, match.end];
    found.push(to < 0 ? "" : text.slice(from, to).join(""));
    emptyAt = match.end === match.start ? match.end : -1;
    start = match.end;
  }
  return found;
}

/** Whether a character can begin a match; undefined where a match can be empty. */
function startOf(program: readonly Instruction[]): ((character: string) => boolean) | undefined {
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

interface Match extends Omit<Thread, "instruction"> {
  readonly end: number;
}

function searchOf(
  program: readonly Instruction[],
  text: readonly string[],
  budget: StepBudget,
): (start: number, emptyAt: number) => Match | undefined {
  /** The round in which an instruction was last reached: each only once for a character. */
  const reached = new Int32Array(program.length);
  let round = 0;
  let steps = 0;
  const canStart = startOf(program);

  /** Adds the threads that an instruction leads to without a character, the preferred ones first. */
  function follow(
    first: number,
    start: number,
    firstFrom: number,
    firstTo: number,
    place: number,
    out: Thread[],
  ): void {
    const open: Thread[] = [];
    let [at, from, to] = [first, firstFrom, firstTo];
    for (;;) {
      const instruction = program[at]!;
      const isNew = reached[at] !== round;
      reached[at] = round;
      steps++;
      if (isNew && instruction.op === "jump") at = instruction.to;
      else if (isNew && instruction.op === "split") {
        open.push(new Thread(instruction.second, start, from, to));
        at = instruction.first;
      } else if (isNew && instruction.op === "open") {
        from = place;
        at++;
      } else if (isNew && instruction.op === "close") {
        to = place;
        at++;
      } else if (isNew && instruction.op === "assertion" && holds(instruction.at, text, place)) at++;
      else {
        if (isNew && (instruction.op === "character" || instruction.op === "match"))
          out.push(new Thread(at, start, from, to));
        const next = open.pop();
        if (!next) return;
        at = next.instruction;
        from = next.from;
        to = next.to;
      }
    }
  }

  return (start, emptyAt) => {
    let threads: Thread[] = [];
    let match: Match | undefined;
    round++;
    for (let place = start; ; place++) {
      if (!match) {
        if (threads.length === 0 && canStart) {
          const from = place;
          while (place < text.length && !canStart(text[place]!)) place++;
          budget.take(place - from);
        }
        follow(0, place, -1, -1, place, threads);
      }
      budget.take(steps + threads.length + 1);
      steps = 0;
      const next: Thread[] = [];
      round++;
      const character = text[place];
      for (const thread of threads) {
        const instruction = program[thread.instruction]!;
        if (instruction.op === "match") {
          if (thread.start === place && place === emptyAt) continue;
          match = { start: thread.start, end: place, from: thread.from, to: thread.to };
          break;
        }
        if (instruction.op === "character" && character !== undefined && instruction.test(character)) {
          follow(thread.instruction + 1, thread.start, thread.from, thread.to, place + 1, next);
        }
      }
      threads = next;
      if (character === undefined || (match && threads.length === 0)) return match;
    }
  };
}
