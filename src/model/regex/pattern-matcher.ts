// Finds all matches of a pattern without backtracking: every way through the pattern is followed at once (Pike's
// simulation, in the order of preference that Python has), so that a match takes at most as many steps as the pattern
// has instructions, for each character.

import { ModelError } from "../errors.js";
import { type Instruction, programOf, startOf } from "./pattern-program.js";
import { type Assertion, type Pattern, PatternError } from "./python-pattern.js";

/**
 * Steps of one request. A step takes 35 to 95 ns of processor time, most in patterns with `\b`: the budget is exhausted
 * within about 5 s. The largest request that Lambda accepts, 6 MB of words, takes 40 million steps. Patterns whose
 * matches begin anew at each character and read all that follows take far more.
 */
const stepsMax = 48_000_000;

/** What the matches of one request may still cost. */
export class StepBudget {
  #left = stepsMax;

  /** @throws ModelError "input-pattern-limit" */
  take(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) {
      throw new ModelError(
        "input-pattern-limit",
        `The documents take more than ${stepsMax} steps of the model's regular expressions`,
      );
    }
  }
}

/** Finds what re.findall does: the whole matches, or what the one group of a pattern with a group has matched. */
export type FindAll = (text: string, budget: StepBudget) => string[];

/** @throws PatternError for a pattern that is too large, has several groups, or repeats what can be empty */
export function matcherOf({ root, groups }: Pattern): FindAll {
  if (groups > 1) throw new PatternError("it has more than one group");
  const program = programOf(root);
  return (text, budget) => findAll(program, groups === 1, Array.from(text), budget);
}

/** Does what re.sub does with a replacement that refers to no group. */
type Substitute = (text: string, budget: StepBudget) => string;

/** @throws PatternError for a pattern that is too large, or repeats what can be empty */
export function substituterOf({ root }: Pattern, replacement: string): Substitute {
  const program = programOf(root);
  return (text, budget) => {
    const characters = Array.from(text);
    const parts: string[] = [];
    let end = 0;
    for (const match of matchesIn(program, characters, budget)) {
      // A long replacement of every character must not fill the memory.
      budget.take(replacement.length);
      parts.push(characters.slice(end, match.start).join(""), replacement);
      end = match.end;
    }
    return parts.length === 0 ? text : parts.join("") + characters.slice(end).join("");
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
  for (const match of matchesIn(program, text, budget)) {
    const [from, to] = hasGroup ? [match.from, match.to] : [match.start, match.end];
    found.push(to < 0 ? "" : text.slice(from, to).join(""));
  }
  return found;
}

/** The matches from left to right, as re.finditer finds them. */
function* matchesIn(program: readonly Instruction[], text: readonly string[], budget: StepBudget): Generator<Match> {
  let start = 0;
  /** Right after an empty match no other empty one is found. */
  let emptyAt = -1;
  const search = searchOf(program, text, budget);
  while (start <= text.length) {
    const match = search(start, emptyAt);
    if (!match) break;
    yield match;
    emptyAt = match.end === match.start ? match.end : -1;
    start = match.end;
  }
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
