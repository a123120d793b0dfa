// Java's regular expressions by JavaScript's: what is written differently, as a table.

export class JavaRegexError extends Error {
  override readonly name = "JavaRegexError";
}

/** Selection patterns and templates see text of strangers: what is longer is cut, so that a slow pattern stays bounded. */
export const matchedCharactersMax = 10_000;

/** One construct of Java and what stands for it; tried in order at each place outside a class. */
const translations: readonly (readonly [pattern: RegExp, translate: (found: RegExpExecArray) => string])[] = [
  [/\\Q([\s\S]*?)(?:\\E|$)/y, ([, quoted = ""]) => escapeRegex(quoted)],
  [/\\A/y, () => "^"],
  [/\\[zZ]/y, () => "$"],
  [/\\h/y, () => "[ \\t\\xA0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]"],
  [/\\R/y, () => "(?:\\r\\n|[\\n\\v\\f\\r\\x85\\u2028\\u2029])"],
  [/\\e/y, () => "\\x1b"],
  [/\\a/y, () => "\\x07"],
  [/\\x\{([0-9a-fA-F]+)\}/y, ([, hex = ""]) => `\\u{${hex}}`],
  [/\\p\{(\w+)\}/y, ([whole, name = ""]) => posixClasses[name] ?? whole],
  [/\\[\s\S]/y, ([escaped]) => escaped],
  // An atomic group or possessive quantifier keeps what it took; the greedy one matches at least as much.
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
  Space: "\\s",
};

const flagLetters: Readonly<Record<string, string>> = { i: "i", m: "m", s: "s", u: "" };

/**
 * A JavaScript expression that matches as the Java pattern does.
 * @param whole the pattern must match all of the text, as Java's `matches` asks
 * @throws JavaRegexError
 */
export function javaRegex(pattern: string, { whole = false, global = false } = {}): RegExp {
  const leading = /^(?:\(\?([a-zA-Z]+)\))*/.exec(pattern)?.[0] ?? "";
  let flags = global ? "g" : "";
  for (const letter of leading.replace(/[()?]/g, "")) {
    const flag = flagLetters[letter];
    if (flag === undefined) throw new JavaRegexError(`Unsupported flag (?${letter}) in ${pattern}`);
    if (!flags.includes(flag)) flags += flag;
  }
  const source = translate(pattern.slice(leading.length));
  try {
    // Unicode property classes and long escapes are only known with the u flag, which refuses harmless escapes: second choice.
    const unicode = /\\[pP]\{|\\u\{/.test(source) ? "u" : "";
    return new RegExp(whole ? `^(?:${source})$` : source, flags + unicode);
  } catch (cause) {
    throw new JavaRegexError(
      `Invalid regular expression ${pattern}: ${cause instanceof Error ? cause.message : cause}`,
    );
  }
}

function translate(pattern: string): string {
  let source = "";
  let at = 0;
  while (at < pattern.length) {
    if (pattern[at] === "[") {
      const end = classEnd(pattern, at);
      source += translateClass(pattern.slice(at, end));
      at = end;
      continue;
    }
    const step = translateAt(pattern, at);
    source += step?.text ?? pattern[at];
    at = step?.end ?? at + 1;
  }
  return source;
}

function translateAt(pattern: string, at: number): { text: string; end: number } | undefined {
  for (const [from, to] of translations) {
    from.lastIndex = at;
    const found = from.exec(pattern);
    if (found) return { text: to(found), end: from.lastIndex };
  }
  return undefined;
}

/** @throws JavaRegexError at what JavaScript's classes cannot say */
function translateClass(text: string): string {
  if (text.includes("&&")) throw new JavaRegexError(`Unsupported intersection of character classes ${text}`);
  const inner = text
    .slice(1, -1)
    .replace(/\\p\{(\w+)\}/g, (whole, name: string) => posixClasses[name]?.replace(/^\[|\]$/g, "") ?? whole);
  return `[${inner.replace(/(?<!\\)\[/g, "\\[").replace(/^(\^?)\]/, "$1\\]")}]`;
}

/** The place after the class that begins at `start`. A "]" that comes first is a member. */
function classEnd(pattern: string, start: number): number {
  let at = start + 1;
  if (pattern[at] === "^") at++;
  if (pattern[at] === "]") at++;
  for (; at < pattern.length; at++) {
    if (pattern[at] === "\\") at++;
    else if (pattern[at] === "]") return at + 1;
  }
  throw new JavaRegexError(`Unclosed character class in ${pattern}`);
}

export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** Java's replacement text: `$1` and `${name}` are groups, a backslash quotes. */
export function javaReplacement(replacement: string): (...found: readonly unknown[]) => string {
  return (...found) => {
    const last = found.at(-1);
    const names =
      typeof last === "object" && last !== null ? new Map(Object.entries(last)) : new Map<string, unknown>();
    return replacement.replace(/\\([\s\S])|\$(\d)|\$\{(\w+)\}/g, (_, quoted, group, name) => {
      if (quoted !== undefined) return quoted;
      return String((group === undefined ? names.get(name) : found[Number(group)]) ?? "");
    });
  };
}
