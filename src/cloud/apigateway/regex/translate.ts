// From one dialect of regular expressions to another: what is written differently is a table, character classes are
// handled apart.

/**
 * A construct and what replaces it. Patterns are sticky; they are tried in order at each place outside a character
 * class.
 */
export type Translation = readonly [pattern: RegExp, replace: (found: RegExpExecArray) => string];

interface Dialect {
  readonly translations: readonly Translation[];
  /** What `.` means. */
  readonly dot: string;
  /** @param text with its brackets */
  readonly translateClass: (text: string) => string;
}

/** @throws SyntaxError for a character class without its end */
export function translate(pattern: string, { translations, dot, translateClass }: Dialect): string {
  let source = "";
  let at = 0;
  while (at < pattern.length) {
    const step = translateAt(pattern, at, translations);
    if (step) {
      source += step.text;
      at = step.end;
    } else if (pattern[at] === "[") {
      const end = classEnd(pattern, at);
      source += translateClass(pattern.slice(at, end));
      at = end;
    } else {
      source += pattern[at] === "." ? dot : pattern[at];
      at++;
    }
  }
  return source;
}

function translateAt(pattern: string, at: number, translations: readonly Translation[]) {
  for (const [from, to] of translations) {
    from.lastIndex = at;
    const found = from.exec(pattern);
    if (found) return { text: to(found), end: from.lastIndex };
  }
  return undefined;
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
  throw new SyntaxError("Unclosed character class");
}

export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
