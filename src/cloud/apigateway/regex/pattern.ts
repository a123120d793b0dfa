// Regular expressions of strangers, matched in time that is linear in the text (RE2). Only what RE2 cannot do
// (back-references, look-around inside a pattern) runs on JavaScript's backtracking engine, and only where a deadline
// stops it.

import { RE2JS, RE2JSException } from "re2js";
import { requireBacktracking, spend } from "../worker/budget.js";

export interface Pattern {
  /** Whether the pattern matches somewhere in the text. */
  test(text: string): boolean;
  /** Whether the pattern matches the whole text. */
  testWhole(text: string): boolean;
  /** All matches, from left to right. */
  matchAll(text: string): Iterable<RegExpMatchArray>;
}

/** RE2 steps (characters times instructions) that take about as long as one step of the budget. */
const engineStepsPerStep = 4;
/** Compiling costs this many steps for each character of the pattern. */
const compileStepsPerCharacter = 2;
/** RE2 writes `{n}` out, up to 1,000 times. */
const compileStepsPerCountedCharacter = 100;

/**
 * Compiles a pattern in the syntax that RE2 and JavaScript share (`\x{...}` for code points).
 * @param flags of JavaScript: i, m, s
 * @throws SyntaxError when neither engine can read the pattern
 */
export function compilePattern(source: string, flags: string): Pattern {
  spend(source.length * (/\{\d/.test(source) ? compileStepsPerCountedCharacter : compileStepsPerCharacter));
  return linearPattern(source, flags) ?? new BacktrackingPattern(source, flags);
}

function linearPattern(source: string, flags: string): Pattern | undefined {
  const inlineFlags = flags === "" ? "" : `(?${flags})`;
  try {
    return new LinearPattern(RE2JS.compile(inlineFlags + source));
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
  }
  const parts = splitLookaheads(source);
  if (!parts) return undefined;
  try {
    const lookaheads = parts.lookaheads.map(({ body, isNegative }) => ({
      regex: RE2JS.compile(`${inlineFlags}\\A(?:${body})`),
      isNegative,
    }));
    return new GuardedPattern(
      lookaheads,
      new LinearPattern(RE2JS.compile(inlineFlags + parts.rest)),
      parts.isAnchored,
      {
        source,
        flags,
      },
    );
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}

class LinearPattern implements Pattern {
  readonly #regex: RE2JS;
  readonly #size: number;

  constructor(regex: RE2JS) {
    this.#regex = regex;
    this.#size = regex.programSize();
  }

  test(text: string): boolean {
    this.#spend(text);
    return this.#regex.test(text);
  }

  testWhole(text: string): boolean {
    this.#spend(text);
    return this.#regex.testExact(text);
  }

  *matchAll(text: string): Iterable<RegExpMatchArray> {
    this.#spend(text);
    for (const match of this.#regex.matchAll(text)) {
      spend();
      yield match;
    }
  }

  #spend(text: string): void {
    spend(1 + (text.length * this.#size) / engineStepsPerStep);
  }
}

interface Lookahead {
  readonly regex: RE2JS;
  readonly isNegative: boolean;
}

/**
 * A pattern that begins with look-aheads: where the match must start is known, each look-ahead is a linear test of
 * its own.
 */
class GuardedPattern implements Pattern {
  readonly #lookaheads: readonly Lookahead[];
  readonly #rest: LinearPattern;
  readonly #isAnchored: boolean;
  readonly #size: number;
  readonly #origin: { readonly source: string; readonly flags: string };
  #backtracking: Pattern | undefined;

  constructor(
    lookaheads: readonly Lookahead[],
    rest: LinearPattern,
    isAnchored: boolean,
    origin: { readonly source: string; readonly flags: string },
  ) {
    this.#lookaheads = lookaheads;
    this.#rest = rest;
    this.#isAnchored = isAnchored;
    this.#origin = origin;
    this.#size = lookaheads.reduce((size, { regex }) => size + regex.programSize(), 0);
  }

  test(text: string): boolean {
    return this.#isAnchored ? this.#allows(text) && this.#rest.test(text) : this.#native().test(text);
  }

  testWhole(text: string): boolean {
    return this.#allows(text) && this.#rest.testWhole(text);
  }

  matchAll(text: string): Iterable<RegExpMatchArray> {
    return this.#native().matchAll(text);
  }

  #allows(text: string): boolean {
    spend(1 + (text.length * this.#size) / engineStepsPerStep);
    return this.#lookaheads.every(({ regex, isNegative }) => regex.test(text) !== isNegative);
  }

  #native(): Pattern {
    this.#backtracking ??= new BacktrackingPattern(this.#origin.source, this.#origin.flags);
    return this.#backtracking;
  }
}

class BacktrackingPattern implements Pattern {
  readonly #source: string;
  readonly #flags: string;

  /** @throws SyntaxError */
  constructor(source: string, flags: string) {
    this.#source = source.replace(/\\x\{([0-9a-fA-F]+)\}/g, (_, hex: string) =>
      hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`,
    );
    // Unicode property classes and long escapes need the u flag, which rejects harmless escapes: only where it is
    // needed.
    this.#flags = flags + (/\\[pP]\{|\\u\{/.test(this.#source) ? "u" : "");
    new RegExp(this.#source, this.#flags);
  }

  test(text: string): boolean {
    requireBacktracking();
    return new RegExp(this.#source, this.#flags).test(text);
  }

  testWhole(text: string): boolean {
    requireBacktracking();
    return new RegExp(`^(?:${this.#source})$`, this.#flags.replace("m", "")).test(text);
  }

  matchAll(text: string): Iterable<RegExpMatchArray> {
    requireBacktracking();
    return text.matchAll(new RegExp(this.#source, `${this.#flags}g`));
  }
}

interface Split {
  readonly lookaheads: readonly { readonly body: string; readonly isNegative: boolean }[];
  readonly rest: string;
  /** Whether the pattern can only match at the beginning of the text. */
  readonly isAnchored: boolean;
}

/**
 * The look-aheads at the beginning of a pattern and what follows; undefined where they cannot be told apart from the
 * rest.
 */
function splitLookaheads(source: string): Split | undefined {
  const isAnchored = source.startsWith("^");
  let at = isAnchored ? 1 : 0;
  const lookaheads: { body: string; isNegative: boolean }[] = [];
  while (source.startsWith("(?=", at) || source.startsWith("(?!", at)) {
    const end = groupEnd(source, at + 1);
    if (end === undefined) return undefined;
    lookaheads.push({ body: source.slice(at + 3, end), isNegative: source[at + 2] === "!" });
    at = end + 1;
  }
  const rest = (isAnchored ? "^" : "") + source.slice(at);
  // An alternative of the whole pattern would not be guarded; a quantifier would make the last look-ahead optional.
  if (lookaheads.length === 0 || /^[*+?{]/.test(source.slice(at)) || groupEnd(`${rest}|`, 0, "|") !== rest.length) {
    return undefined;
  }
  return { lookaheads, rest, isAnchored };
}

/** The position of the `mark` that ends the group whose content begins at `start`; undefined without one. */
function groupEnd(source: string, start: number, mark = ")"): number | undefined {
  let depth = 0;
  let inClass = false;
  for (let at = start; at < source.length; at++) {
    const character = source[at];
    if (character === "\\") at++;
    else if (inClass) inClass = character !== "]";
    else if (depth === 0 && character === mark) return at;
    else if (character === "[") inClass = true;
    else if (character === "(") depth++;
    else if (character === ")") depth--;
  }
  return undefined;
}
