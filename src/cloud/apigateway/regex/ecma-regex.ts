// Patterns of JSON Schema (ECMA 262), translated into the syntax that RE2 and JavaScript share.

import { compilePattern, type Pattern } from "./pattern.js";
import { type Translation, translate } from "./translate.js";

const spaces =
  "\\t\\n\\x0b\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";

const translations: readonly Translation[] = [
  [/\\s/y, () => `[${spaces}]`],
  [/\\S/y, () => `[^${spaces}]`],
  [/\\u([0-9a-fA-F]{4})/y, ([, hex = ""]) => `\\x{${hex}}`],
  [/\\u\{([0-9a-fA-F]+)\}/y, ([, hex = ""]) => `\\x{${hex}}`],
  [/\\[\s\S]/y, ([escaped]) => escaped],
  // The empty class matches no character, its complement every one.
  [/\[\]/y, () => "[^\\x{0}-\\x{10ffff}]"],
  [/\[\^\]/y, () => "[\\x{0}-\\x{10ffff}]"],
];

/** @throws SyntaxError, BudgetExceeded */
export function ecmaRegex(pattern: string): Pattern {
  return compilePattern(translate(pattern, { translations, dot: "[^\\n\\r\\x{2028}\\x{2029}]", translateClass }), "");
}

function translateClass(text: string): string {
  const inner = text
    .slice(1, -1)
    .replace(/\\u\{?([0-9a-fA-F]{4,6})\}?/g, "\\x{$1}")
    .replace(/\\s/g, spaces);
  return `[${inner.replace(/(?<!\\)\[/g, "\\[").replace(/^(\^?)\]/, "$1\\]")}]`;
}
