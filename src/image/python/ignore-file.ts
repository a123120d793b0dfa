// Patterns of files to leave out, in the syntax of .dockerignore: Go's filepath.Match with `**` for any number of
// directories, `!` for exceptions, relative to the directory of the file; the last matching pattern decides.

/** A pattern of an ignore file. */
interface IgnoreRule {
  readonly parts: readonly (readonly Token[] | "**")[];
  /** Written with `!`: what it matches is included. */
  readonly includes: boolean;
}

/** Any number of characters, or one for which this is true. */
type Token = "*" | ((character: string) => boolean);

/** @throws RangeError never: an unfinished character class matches itself */
export function parseIgnoreFile(text: string): readonly IgnoreRule[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .flatMap((line) => {
      const includes = line.startsWith("!");
      const names = (includes ? line.slice(1) : line).split("/").filter((name) => name !== "" && name !== ".");
      if (names.length === 0) return [];
      return [{ parts: names.map((name) => (name === "**" ? name : tokensOf(name))), includes }];
    });
}

/** Whether a path, with slashes and relative to the directory of the ignore file, is left out. */
export function isIgnored(rules: readonly IgnoreRule[], path: string): boolean {
  const names = path.split("/");
  return rules.findLast((rule) => matchesPathOrParent(rule, names))?.includes === false;
}

/** Matches step by step, without backtracking. */
function matchesPathOrParent({ parts }: IgnoreRule, names: readonly string[]): boolean {
  /** How many names the parts so far can match. */
  let counts = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    for (const count of counts) {
      const name = names[count];
      if (part === "**") for (let more = count; more <= names.length; more++) next.add(more);
      else if (name !== undefined && matchesName(part, name)) next.add(count + 1);
    }
    counts = next;
  }
  counts.delete(0);
  return counts.size > 0;
}

/** On a mismatch, the last `*` matches one character more: earlier ones need not be tried again. */
function matchesName(tokens: readonly Token[], name: string): boolean {
  const characters = [...name];
  let token = 0;
  let star = -1;
  let starAt = 0;
  for (let at = 0; at < characters.length; ) {
    const current = tokens[token];
    if (current === "*") {
      star = token++;
      starAt = at;
    } else if (current?.(characters[at] ?? "")) {
      token++;
      at++;
    } else {
      if (star < 0) return false;
      token = star + 1;
      at = ++starAt;
    }
  }
  return tokens.slice(token).every((rest) => rest === "*");
}

function tokensOf(pattern: string): readonly Token[] {
  const parts = pattern.match(/\\.|\[\^?(?:\\.|[^\]\\])+\]|[\s\S]/gu) ?? [];
  return parts.map((part): Token => {
    if (part === "*") return "*";
    if (part === "?") return () => true;
    if (part.length > 1 && part.startsWith("[")) return classOf(part.slice(1, -1));
    const literal = part.length > 1 && part.startsWith("\\") ? part.slice(1) : part;
    return (character) => character === literal;
  });
}

/** `a-z_` or `^0-9` */
function classOf(text: string): (character: string) => boolean {
  const negated = text.startsWith("^");
  const ranges = [...text.slice(negated ? 1 : 0).matchAll(/(\\?[\s\S])(?:-(\\?[\s\S]))?/gu)].map(
    ([, first = "", last = first]) => [first.replace("\\", ""), last.replace("\\", "")] as const,
  );
  return (character) => ranges.some(([first, last]) => first <= character && character <= last) !== negated;
}
