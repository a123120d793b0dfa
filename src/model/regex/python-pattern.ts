// Regular expressions of Python's re, read into a tree. What needs backtracking (back-references, look-around, atomic
// groups) is rejected.

/** Python's \w: letters, numbers and the underscore. */
const word = "\\p{L}\\p{N}_";
/** Python's \s for strings; JavaScript's has U+FEFF and lacks U+001C to U+001F and U+0085. */
const space = " \\t\\n\\r\\f\\v\\x1c-\\x1f\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
export const pythonSpace: RegExp = new RegExp(`[${space}]+`, "gu");

/**
 * The default token_pattern and its like: one class and a count, which JavaScript's own engine matches in linear time.
 */
export const plainPatterns: ReadonlyMap<string, RegExp> = new Map([
  ["(?u)\\b\\w\\w+\\b", new RegExp(`[${word}]{2,}`, "gu")],
  ["\\b\\w\\w+\\b", new RegExp(`[${word}]{2,}`, "gu")],
  ["(?u)\\b\\w+\\b", new RegExp(`[${word}]+`, "gu")],
  ["\\b\\w+\\b", new RegExp(`[${word}]+`, "gu")],
  ["\\w+", new RegExp(`[${word}]+`, "gu")],
]);

export type Assertion = "text start" | "line start" | "text end" | "last line end" | "line end" | "boundary" | "inside";

export type PatternNode =
  /** One character: an expression of JavaScript that is only ever tested on a single one. */
  | { readonly kind: "character"; readonly source: string; readonly ignoresCase: boolean }
  | { readonly kind: "assertion"; readonly at: Assertion }
  | { readonly kind: "sequence" | "choice"; readonly parts: readonly PatternNode[] }
  | {
      readonly kind: "repeat";
      readonly part: PatternNode;
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
    }
  | { readonly kind: "group"; readonly part: PatternNode };

export interface Pattern {
  readonly root: PatternNode;
  readonly groups: number;
}

/** Longer patterns, and groups within more groups, are no tokenizer's. */
const charactersMax = 2_000;
const depthMax = 50;

const classes: Readonly<Record<string, string>> = {
  w: `[${word}]`,
  W: `[^${word}]`,
  d: "\\p{Nd}",
  D: "\\P{Nd}",
  s: `[${space}]`,
  S: `[^${space}]`,
};
const controls: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", f: "\f", v: "\v", a: "\x07" };
const assertions: Readonly<Record<string, Assertion>> = { A: "text start", Z: "text end", b: "boundary", B: "inside" };

/** Why a pattern is not read. */
export class PatternError extends Error {}

/** @throws PatternError */
export function parsePattern(source: string): Pattern {
  if (source.length > charactersMax) throw new PatternError(`it has more than ${charactersMax} characters`);
  const parser = new Parser(source, "");
  const pattern = parser.parse();
  // Flags hold for the whole pattern, wherever Python before 3.11 allows them.
  return parser.flagsFound === "" ? pattern : new Parser(source, parser.flagsFound).parse();
}

class Parser {
  readonly #source: readonly string[];
  #at = 0;
  #depth = 0;
  #groups = 0;
  #flags: string;

  /** Letters of groups such as (?i). */
  flagsFound = "";

  constructor(source: string, flags: string) {
    this.#source = Array.from(source);
    this.#flags = flags;
  }

  parse(): Pattern {
    const root = this.#choice();
    if (this.#at < this.#source.length) throw new PatternError("a parenthesis closes no group");
    return { root, groups: this.#groups };
  }

  #takes(text: string): boolean {
    const found = this.#source.slice(this.#at, this.#at + text.length).join("") === text;
    if (found) this.#at += text.length;
    return found;
  }

  #next(): string {
    const character = this.#source[this.#at++];
    if (character === undefined) throw new PatternError("it ends too early");
    return character;
  }

  #choice(): PatternNode {
    if (++this.#depth > depthMax) throw new PatternError(`more than ${depthMax} groups within groups`);
    const parts = [this.#sequence()];
    while (this.#takes("|")) parts.push(this.#sequence());
    this.#depth--;
    return parts.length === 1 ? parts[0]! : { kind: "choice", parts };
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = [];
    for (;;) {
      const character = this.#source[this.#at];
      if (character === undefined || character === "|" || character === ")") return { kind: "sequence", parts };
      const part = this.#atom();
      if (part) parts.push(this.#repeated(part));
    }
  }

  /** Undefined for what matches nothing by itself: flags and comments. */
  #atom(): PatternNode | undefined {
    const character = this.#next();
    if (character === "(") return this.#group();
    if (character === "[") return this.#set();
    if (character === ".") return this.#character(this.#flags.includes("s") ? "[^]" : "[^\\n]");
    if (character === "^") return { kind: "assertion", at: this.#flags.includes("m") ? "line start" : "text start" };
    if (character === "$") return { kind: "assertion", at: this.#flags.includes("m") ? "line end" : "last line end" };
    if (character === "\\") {
      const next = this.#source[this.#at] ?? "";
      if (!Object.hasOwn(assertions, next)) return this.#character(this.#escape(false));
      this.#at++;
      return { kind: "assertion", at: assertions[next]! };
    }
    if ("*+?".includes(character)) throw new PatternError("a repetition of nothing");
    return this.#character(literal(character));
  }

  #character(source: string): PatternNode {
    return { kind: "character", source, ignoresCase: this.#flags.includes("i") };
  }

  #group(): PatternNode | undefined {
    const flags = this.#flags;
    let captures = true;
    if (this.#takes("?")) {
      const rest = this.#source.slice(this.#at, this.#at + 100).join("");
      const [opening, letters, more, less] =
        /^(?:([aiLmsux]+)\)|:|P<\w+>|#[^)]*\)|([imsu]*)-?([ims]*):)/.exec(rest) ?? [];
      if (opening === undefined) {
        const lookAround = /^(=|!|<=|<!)/.test(rest);
        throw new PatternError(
          lookAround ? "look-around is not supported" : `the group (?${rest.slice(0, 3)} is not supported`,
        );
      }
      this.#at += Array.from(opening).length;
      if (letters !== undefined && /[aLx]/.test(letters))
        throw new PatternError("the flags a, L and x are not supported");
      this.flagsFound += letters ?? "";
      if (letters !== undefined || opening.startsWith("#")) return undefined;
      captures = opening.startsWith("P");
      if (more || less)
        this.#flags = Array.from(flags + (more ?? ""))
          .filter((flag) => !less?.includes(flag))
          .join("");
    }
    if (captures) this.#groups++;
    const part = this.#choice();
    if (!this.#takes(")")) throw new PatternError("a group is not closed");
    this.#flags = flags;
    return captures ? { kind: "group", part } : part;
  }

  #repeated(part: PatternNode): PatternNode {
    const count = this.#count();
    if (!count) return part;
    if (part.kind === "assertion") throw new PatternError("a repetition of nothing");
    const [least, most] = count;
    const lazy = this.#takes("?");
    if (!lazy && this.#takes("+")) throw new PatternError("possessive repetition is not supported");
    const at = this.#at;
    if (this.#count()) throw new PatternError("a repetition of a repetition");
    this.#at = at;
    return { kind: "repeat", part, least, most, lazy };
  }

  #count(): readonly [least: number, most: number] | undefined {
    if (this.#takes("*")) return [0, Number.POSITIVE_INFINITY];
    if (this.#takes("+")) return [1, Number.POSITIVE_INFINITY];
    if (this.#takes("?")) return [0, 1];
    const rest = this.#source.slice(this.#at, this.#at + 40).join("");
    const [whole, least, comma, most] = /^\{(\d*)(,?)(\d*)\}/.exec(rest) ?? [];
    // Braces without a number or a comma are characters.
    if (whole === undefined || whole === "{}") return undefined;
    this.#at += whole.length;
    const from = Number(least || 0);
    const to = comma ? (most ? Number(most) : Number.POSITIVE_INFINITY) : from;
    if (to < from) throw new PatternError("a repetition has a maximum below its minimum");
    return [from, to];
  }

  /** What a backslash and the next characters mean: one character or a class. */
  #escape(insideSet: boolean): string {
    const next = this.#next();
    if (Object.hasOwn(classes, next)) return classes[next]!;
    if (Object.hasOwn(controls, next)) return literal(controls[next]!);
    if (insideSet && next === "b") return literal("\b");
    const rest = this.#source.slice(this.#at, this.#at + 8).join("");
    const digits = { x: 2, u: 4, U: 8 }[next];
    if (digits !== undefined) {
      const code = Number.parseInt(rest.slice(0, digits), 16);
      if (!new RegExp(`^[0-9a-fA-F]{${digits}}`).test(rest) || code > 0x10ffff)
        throw new PatternError(`\\${next} has no code`);
      this.#at += digits;
      return literal(String.fromCodePoint(code));
    }
    if (/[0-9]/.test(next)) {
      const octal = /^(?:0[0-7]{0,2}|[0-3][0-7]{2})/.exec(next + rest)?.[0];
      if (octal === undefined) throw new PatternError("back-references are not supported");
      this.#at += octal.length - 1;
      return literal(String.fromCodePoint(Number.parseInt(octal, 8)));
    }
    if (/[a-zA-Z]/.test(next)) throw new PatternError(`\\${next} is not supported`);
    return literal(next);
  }

  #set(): PatternNode {
    const negated = this.#takes("^");
    const items: string[] = [];
    for (let first = true; first || !this.#takes("]"); first = false) {
      const from = this.#setItem();
      const ranges = this.#source[this.#at] === "-" && this.#source[this.#at + 1] !== "]";
      if (!ranges || this.#source[this.#at + 1] === undefined) {
        items.push(from.startsWith("[^") || from.startsWith("\\P") ? from : `[${from.replace(/^\[|\]$/g, "")}]`);
        continue;
      }
      this.#at++;
      const to = this.#setItem();
      const [low, high] = [from, to].map((item) => /^\\u\{(\w+)\}$/.exec(item)?.[1]);
      if (low === undefined || high === undefined || Number.parseInt(low, 16) > Number.parseInt(high, 16)) {
        throw new PatternError("a range of characters is not one");
      }
      items.push(`[${from}-${to}]`);
    }
    const source = `(?:${items.join("|")})`;
    return this.#character(negated ? `(?!${source})[^]` : source);
  }

  #setItem(): string {
    const character = this.#next();
    return character === "\\" ? this.#escape(true) : literal(character);
  }
}

function literal(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}
