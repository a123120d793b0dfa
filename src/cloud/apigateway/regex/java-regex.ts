// Java's regular expressions (java.util.regex), translated into the syntax that RE2 and JavaScript share: what is
// written differently, as a table.

import { spendText } from "../worker/budget.js";
import { compilePattern, type Pattern } from "./pattern.js";
import { escapeRegex, type Translation, translate } from "./translate.js";

export class JavaRegexError extends Error {
  override readonly name = "JavaRegexError";
}

/** Patterns are matched against at most this much of a function's error message or of a template's string. */
export const matchedCharactersMax = 10_000;

const translations: readonly Translation[] = [
  [/\\Q([\s\S]*?)(?:\\E|$)/y, ([, quoted = ""]) => escapeRegex(quoted)],
  [/\\A/y, () => "^"],
  [/\\[zZ]/y, () => "$"],
  [/\\h/y, () => "[ \\t\\x{A0}\\x{1680}\\x{180e}\\x{2000}-\\x{200a}\\x{202f}\\x{205f}\\x{3000}]"],
  [/\\R/y, () => "(?:\\r\\n|[\\n\\x0b\\f\\r\\x{85}\\x{2028}\\x{2029}])"],
  [/\\s/y, () => "[\\t\\n\\x0b\\f\\r ]"],
  [/\\S/y, () => "[^\\t\\n\\x0b\\f\\r ]"],
  [/\\e/y, () => "\\x1b"],
  [/\\a/y, () => "\\x07"],
  [/\\u([0-9a-fA-F]{4})/y, ([, hex = ""]) => `\\x{${hex}}`],
  [/\\p\{(\w+)\}/y, ([whole, name = ""]) => posixClasses[name] ?? whole],
  [/\\[\s\S]/y, ([escaped]) => escaped],
  // An atomic group or possessive quantifier never gives back what it matched; the greedy one matches at least as
  // much.
  [/\(\?>/y, () => "(?:"],
  [/([*+?]|\{\d+(?:,\d*)?\})\+/y, ([, quantifier = ""]) => quantifier],
];

const posixClasses: Readonly<Record<string, string>> = {
  Lower: "[a-z]",
  Upper: "[A-Z]",
  ASCII: "[\\x00-\\x7F]",
  Alpha: "[a-zA-Z]",
  Digit: "[0-9]",
  Alnum: "[a-zA-Z0-9]",
  Punct: "[!-\\/:-@\\[-`{-~]",
  Graph: "[!-~]",
  Print: "[ -~]",
  Blank: "[ \\t]",
  Cntrl: "[\\x00-\\x1F\\x7F]",
  XDigit: "[0-9a-fA-F]",
  Space: "[\\t\\n\\x0b\\f\\r ]",
};

const flagLetters: Readonly<Record<string, string>> = { i: "i", m: "m", s: "s", u: "" };

/** Templates can make patterns out of requests, so what is kept is bounded. */
const compiledMax = 1000;
const compiled = new Map<string, JavaRegex>();

/** @throws JavaRegexError, BudgetExceeded */
export function javaRegex(pattern: string): JavaRegex {
  const known = compiled.get(pattern);
  if (known) return known;
  const regex = new JavaRegex(compile(pattern));
  if (compiled.size >= compiledMax) compiled.clear();
  if (pattern.length <= compiledMax) compiled.set(pattern, regex);
  return regex;
}

function compile(pattern: string): Pattern {
  const leading = /^(?:\(\?([a-zA-Z]+)\))*/.exec(pattern)?.[0] ?? "";
  let flags = "";
  for (const letter of leading.replace(/[()?]/g, "")) {
    const flag = flagLetters[letter];
    if (flag === undefined) throw new JavaRegexError(`Unsupported flag (?${letter}) in ${pattern}`);
    if (!flags.includes(flag)) flags += flag;
  }
  try {
    // A dot matches every line terminator only in "dot all" mode, which a group can switch on.
    const dot = flags.includes("s") || /\(\?[a-z-]*s/.test(pattern) ? "." : "[^\\n\\r\\x{85}\\x{2028}\\x{2029}]";
    return compilePattern(translate(pattern.slice(leading.length), { translations, dot, translateClass }), flags);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new JavaRegexError(`Invalid regular expression ${pattern}: ${cause.message}`);
  }
}

/** @throws JavaRegexError for what neither engine's classes can express */
function translateClass(text: string): string {
  if (text.includes("&&")) throw new JavaRegexError(`Unsupported intersection of character classes ${text}`);
  const inner = text
    .slice(1, -1)
    .replace(/\\p\{(\w+)\}/g, (whole, name: string) => posixClasses[name]?.replace(/^\[|\]$/g, "") ?? whole)
    .replace(/\\u([0-9a-fA-F]{4})/g, "\\x{$1}");
  return `[${inner.replace(/(?<!\\)\[/g, "\\[").replace(/^(\^?)\]/, "$1\\]")}]`;
}

/** A compiled pattern with the methods of Java's String that take one. */
export class JavaRegex {
  readonly #pattern: Pattern;

  constructor(pattern: Pattern) {
    this.#pattern = pattern;
  }

  /** `String.matches`: the pattern must match the whole text. */
  matches(text: string): boolean {
    return this.#pattern.testWhole(text);
  }

  replaceAll(text: string, replacement: string): string {
    return this.#replace(text, replacement, Number.POSITIVE_INFINITY);
  }

  replaceFirst(text: string, replacement: string): string {
    return this.#replace(text, replacement, 1);
  }

  /** `String.split`: no empty first part for a zero-width match; without a limit, no empty parts at the end. */
  split(text: string, limit: number): string[] {
    const parts: string[] = [];
    let start = 0;
    for (const match of this.#pattern.matchAll(text)) {
      if (limit > 0 && parts.length === limit - 1) break;
      const { index = 0 } = match;
      if (match[0] === "" && (index === 0 || index >= text.length)) continue;
      parts.push(text.slice(start, index));
      start = index + match[0].length;
    }
    parts.push(text.slice(start));
    if (limit === 0) while (parts.length > 1 && parts.at(-1) === "") parts.pop();
    return parts;
  }

  #replace(text: string, replacement: string, countMax: number): string {
    let replaced = "";
    let start = 0;
    let count = 0;
    for (const match of this.#pattern.matchAll(text)) {
      if (count++ >= countMax) break;
      const { index = 0 } = match;
      const piece = text.slice(start, index) + expand(replacement, match);
      spendText(piece.length);
      replaced += piece;
      start = index + match[0].length;
    }
    return replaced + text.slice(start);
  }
}

/** Java's replacement string: `$1` and `${name}` are groups, a backslash quotes. */
function expand(replacement: string, match: RegExpMatchArray): string {
  if (!/[\\$]/.test(replacement)) return replacement;
  return replacement.replace(/\\([\s\S])|\$(\d)|\$\{(\w+)\}/g, (_, quoted?: string, group?: string, name?: string) => {
    if (quoted !== undefined) return quoted;
    return (group === undefined ? match.groups?.[name ?? ""] : match[Number(group)]) ?? "";
  });
}
