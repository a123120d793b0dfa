// Functions of Python that vectorizers are given as a preprocessor, tokenizer or analyzer: methods of str, and those
// of a compiled pattern. The file names them; it has no code.

import { Global, Instance, type Value } from "../../pickle/values.js";
import { matcherOf, type StepBudget } from "../../regex/pattern-matcher.js";
import { parsePattern, plainPatterns, pythonSpace } from "../../regex/python-pattern.js";

/** What Python's function returns for a string: a string, or a list of strings. */
export type StringFunction = (text: string, budget: StepBudget) => string | readonly string[];

const isSpace = new RegExp(`^${pythonSpace.source}$`, "u");
const isSpaceCharacter = (character: string): boolean => isSpace.test(character);

/** str.splitlines: one boundary; U+001C to U+001E, U+0085, U+2028 and U+2029 are among them. */
const lineEnds = "\\n\\v\\f\\r\\x1c-\\x1e\\x85\\u2028\\u2029";
const lineBoundary = new RegExp(`\\r\\n|[${lineEnds}]`, "u");

/** Methods of str that need no argument. Those that Python and JavaScript's Unicode define alike. */
const methods: Readonly<Record<string, StringFunction>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  casefold,
  strip: (text) => strip(text, isSpaceCharacter, "both"),
  lstrip: (text) => strip(text, isSpaceCharacter, "start"),
  rstrip: (text) => strip(text, isSpaceCharacter, "end"),
  split: words,
  rsplit: words,
  splitlines,
};

/** Methods of str with one argument, a string that is not empty. */
const methodsOfOne: Readonly<Record<string, (text: string, argument: string) => string | readonly string[]>> = {
  split: (text, separator) => text.split(separator),
  strip: (text, characters) => strip(text, isOneOf(characters), "both"),
  lstrip: (text, characters) => strip(text, isOneOf(characters), "start"),
  rstrip: (text, characters) => strip(text, isOneOf(characters), "end"),
};

/** re.UNICODE: what re.compile of a string without flags has. */
const unicodeFlag = 32;

/**
 * The function that a value of the file names: str.split, list, operator.methodcaller("split", ","), or
 * re.compile(pattern).findall. Undefined for any other.
 * @throws PatternError for a pattern that is not supported
 */
export function stringFunctionOf(value: Value | undefined): StringFunction | undefined {
  if (value instanceof Global) return functionOf(value);
  if (!(value instanceof Instance)) return undefined;
  const { module, name } = value.global;
  if (module === "re.Pattern" && name === "findall") return findAllOf(value.args[0]);
  if (!module.endsWith("operator") || name !== "methodcaller") return undefined;
  const [method, argument, ...others] = value.args;
  if (typeof method !== "string" || others.length > 0) return undefined;
  if (argument === undefined) return Object.hasOwn(methods, method) ? methods[method] : undefined;
  const ofOne = Object.hasOwn(methodsOfOne, method) ? methodsOfOne[method] : undefined;
  return ofOne && typeof argument === "string" && argument !== "" ? (text) => ofOne(text, argument) : undefined;
}

function functionOf({ module, name }: Global): StringFunction | undefined {
  if (module === "builtins.str") return Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (module !== "builtins" && module !== "__builtin__") return undefined;
  if (name === "str" || name === "unicode") return (text) => text;
  return name === "list" || name === "tuple" ? (text) => Array.from(text) : undefined;
}

function findAllOf(pattern: Value | undefined): StringFunction | undefined {
  if (!(pattern instanceof Instance)) return undefined;
  const [source, flags] = pattern.args;
  if (typeof source !== "string" || flags !== unicodeFlag) return undefined;
  const plain = plainPatterns.get(source);
  return plain ? (text) => text.match(plain) ?? [] : matcherOf(parsePattern(source));
}

/** str.split without an argument: what is between runs of white space. */
function words(text: string): readonly string[] {
  return text.split(pythonSpace).filter((word) => word !== "");
}

function splitlines(text: string): readonly string[] {
  const lines = text.split(lineBoundary);
  // No empty line follows the last boundary.
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Cherokee: its lower-case letters fold to upper case, unlike all others. */
const cherokee = { upper: [0x13a0, 0x13f5], lower: [0xab70, 0xabbf], rare: [0x13f8, 0x13fd] } as const;

/** str.casefold: Unicode's full case folding, which is the lower case of the upper case but for what is listed here. */
function casefold(text: string): string {
  let folded = "";
  for (const character of text) folded += foldOf(character);
  return folded;
}

function foldOf(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x80) return character.toLowerCase();
  if (code === 0x131 || isWithin(code, cherokee.upper)) return character;
  if (code === 0x1e9e) return "ss";
  if (isWithin(code, cherokee.rare)) return String.fromCodePoint(code - 8);
  if (isWithin(code, cherokee.lower)) return String.fromCodePoint(code - cherokee.lower[0] + cherokee.upper[0]);
  // Each by itself: a final sigma folds as any other.
  return Array.from(character.toUpperCase(), (each) => each.toLowerCase()).join("");
}

function isWithin(code: number, [least, most]: readonly [number, number]): boolean {
  return code >= least && code <= most;
}

function isOneOf(characters: string): (character: string) => boolean {
  const set = new Set(characters);
  return (character) => set.has(character);
}

/** In linear time; a pattern that ends in $ would begin anew at every space. */
function strip(text: string, isStripped: (character: string) => boolean, side: "start" | "end" | "both"): string {
  const characters = Array.from(text);
  let first = 0;
  let last = characters.length;
  if (side !== "end") while (first < last && isStripped(characters[first]!)) first++;
  if (side !== "start") while (last > first && isStripped(characters[last - 1]!)) last--;
  return characters.slice(first, last).join("");
}
