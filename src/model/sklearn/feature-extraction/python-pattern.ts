// Python's regular expressions as JavaScript's: token_pattern of the text vectorizers.

/** Python's \w: letters, numbers and the underscore. */
const word = "\\p{L}\\p{N}_";
/** Python's \s for strings; JavaScript's has U+FEFF and lacks U+001C to U+001F and U+0085. */
const space = " \\t\\n\\r\\f\\v\\x1c-\\x1f\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
export const pythonSpace: RegExp = new RegExp(`[${space}]+`, "gu");

/** Escapes outside of a class. */
const escapes: Readonly<Record<string, string>> = {
  w: `[${word}]`,
  W: `[^${word}]`,
  d: "\\p{Nd}",
  D: "\\P{Nd}",
  s: `[${space}]`,
  S: `[^${space}]`,
  b: `(?:(?<=[${word}])(?![${word}])|(?<![${word}])(?=[${word}]))`,
  B: `(?:(?<=[${word}])(?=[${word}])|(?<![${word}])(?![${word}]))`,
  A: "^",
  Z: "$",
};

/** Escapes inside of a class. */
const classEscapes: Readonly<Record<string, string>> = { w: word, d: "\\p{Nd}", D: "\\P{Nd}", s: space, b: "\\x08" };

/** Letters that mean the same after a backslash in both languages. */
const sameEscapes = /[nrtfv0-9]/;

/** Characters that may follow a backslash under JavaScript's u flag. */
const syntax = /[\^$\\.*+?()[\]{}|/]/;

/** The expression, to be used with matchAll; undefined where it has something that is not translated. */
export function translatePattern(source: string): RegExp | undefined {
  let out = "";
  let flags = "gu";
  let insideClass = false;
  for (let at = 0; at < source.length; at++) {
    const character = source[at]!;
    if (character === "\\") {
      const next = source[++at];
      const translated = next === undefined ? undefined : translateEscape(next, source, at, insideClass);
      if (!translated) return undefined;
      out += translated.text;
      at += translated.more;
      continue;
    }
    if (insideClass) {
      if (character === "]") insideClass = false;
      // Python reads a bracket inside a class literally.
      out += character === "[" ? "\\[" : character;
      continue;
    }
    if (character === "[") {
      insideClass = true;
      out += "[";
      if (source[at + 1] === "^") out += source[++at]!;
      // A bracket that closes at once is the character.
      if (source[at + 1] === "]") {
        out += "\\]";
        at++;
      }
      continue;
    }
    if (character === "(" && source[at + 1] === "?") {
      const group = translateGroup(source.slice(at));
      if (!group) return undefined;
      out += group.text;
      flags += group.flags;
      at += group.length - 1;
      continue;
    }
    out += character === "{" || character === "}" || character === "]" ? brace(source, at) : character;
  }
  try {
    return new RegExp(out, [...new Set(flags)].join(""));
  } catch {
    return undefined;
  }
}

function translateEscape(
  next: string,
  source: string,
  at: number,
  insideClass: boolean,
): { readonly text: string; readonly more: number } | undefined {
  const table = insideClass ? classEscapes : escapes;
  if (Object.hasOwn(table, next)) return { text: table[next]!, more: 0 };
  if (next === "x" || next === "u") {
    const digits = new RegExp(`^[0-9a-fA-F]{${next === "x" ? 2 : 4}}`).exec(source.slice(at + 1))?.[0];
    return digits ? { text: `\\${next}${digits}`, more: digits.length } : undefined;
  }
  if (sameEscapes.test(next) || syntax.test(next)) return { text: `\\${next}`, more: 0 };
  if (next === "-") return { text: insideClass ? "\\-" : "-", more: 0 };
  // Any other letter has a meaning only in Python; any other character is literal.
  return /[a-zA-Z]/.test(next) ? undefined : { text: next, more: 0 };
}

/** What opens a group: flags, a name, or what both languages have. */
function translateGroup(rest: string): { text: string; flags: string; length: number } | undefined {
  const inline = /^\(\?([aiLmsux]+)\)/.exec(rest);
  if (inline) {
    const letters = inline[1]!.replace("u", "");
    return /^[ims]*$/.test(letters) ? { text: "", flags: letters, length: inline[0].length } : undefined;
  }
  const named = /^\(\?P<(\w+)>/.exec(rest);
  if (named) return { text: `(?<${named[1]}>`, flags: "", length: named[0].length };
  const same = /^\(\?(:|=|!|<=|<!)/.exec(rest);
  return same ? { text: same[0], flags: "", length: same[0].length } : undefined;
}

/** A brace that is not a repetition, and a bracket that closes no class, are literal in Python. */
function brace(source: string, at: number): string {
  const character = source[at]!;
  const repetition = character === "{" ? /^\{(\d*)(,?)\d*\}/.exec(source.slice(at)) : null;
  // Python counts from 0 without a minimum; {} is two characters.
  if (repetition?.[2] && !repetition[1]) return "{0";
  if (repetition?.[1]) return "{";
  if (character === "}" && /\{\d*,?\d*$/.test(source.slice(0, at))) return "}";
  return `\\${character}`;
}
