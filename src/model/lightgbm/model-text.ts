// LightGBM's text format, as GBDT::SaveModelToString writes it: a header of "name=value" lines, a block of them for
// each tree, comments.

import type { TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { printable } from "../pickle/text.js";

/** JavaScript's strings have at most 2^29 characters. */
const textCharactersMax = 1 << 28;

/** Versions of the format: LightGBM 2 to 4. */
const versions = ["v2", "v3", "v4"];

interface ModelText {
  readonly header: Block;
  readonly trees: readonly Block[];
  /** The categories of pandas's categorical columns, in the order of these columns. */
  readonly pandasCategories: readonly (readonly unknown[])[];
}

/** Lines "name=value" between two blank lines, or a name alone for a flag that is set. */
export class Block {
  readonly #values: ReadonlyMap<string, string>;
  /** "tree 3", for errors. */
  readonly name: string;

  constructor(lines: readonly string[], name: string) {
    this.name = name;
    this.#values = new Map(
      lines.map((line) => {
        const equals = line.indexOf("=");
        return equals < 0 ? [line, ""] : [line.slice(0, equals), line.slice(equals + 1)];
      }),
    );
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  text(key: string): string {
    const value = this.#values.get(key);
    if (value === undefined) throw broken(`${this.name} has no ${key}`);
    return value;
  }

  words(key: string): readonly string[] {
    return this.text(key)
      .split(" ")
      .filter((word) => word !== "");
  }

  count(key: string): number {
    const value = Number(this.text(key));
    if (!Number.isSafeInteger(value) || value < 0)
      throw broken(`${this.name}: ${key} is "${printable(this.text(key), 30)}"`);
    return value;
  }

  /** @param length how many there must be */
  numbers(key: string, length: number): Float64Array {
    const words = this.words(key);
    if (words.length !== length) throw broken(`${this.name}: ${key} has ${words.length} values; expected ${length}`);
    return Float64Array.from(words, (word) => {
      const value = parseNumber(word);
      if (value === undefined) throw broken(`${this.name}: ${key} holds "${printable(word, 30)}"`);
      return value;
    });
  }

  /** Whole numbers that fit 32 bits. */
  integers(key: string, length: number): Float64Array {
    const numbers = this.numbers(key, length);
    const wrong = numbers.find((value) => !Number.isInteger(value) || Math.abs(value) >= 2 ** 32);
    if (wrong !== undefined) throw broken(`${this.name}: ${key} holds ${wrong}`);
    return numbers;
  }
}

/**
 * A number as C's strtod reads it, or undefined: a split that only separates missing values from all others has the
 * threshold "inf", and training with a custom objective can leave "inf" and "nan" in any list of floats.
 */
function parseNumber(word: string): number | undefined {
  const [, sign, name] = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(word) ?? [];
  if (name === undefined) return Number.isNaN(Number(word)) ? undefined : Number(word);
  if (name.toLowerCase() === "nan") return Number.NaN;
  return sign === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** @throws ModelError "lightgbm-broken", "estimator-unsupported", "model-too-large" */
export function readModelText(text: string): ModelText {
  if (text.length > textCharactersMax) {
    throw new ModelError(
      "model-too-large",
      `A LightGBM model of ${text.length} characters; the maximum is ${textCharactersMax}`,
    );
  }
  const lines = text.split(/\r?\n/);
  const header: string[] = [];
  const trees: Block[] = [];
  let at = lines[0] === "tree" ? 1 : 0;
  for (; at < lines.length && !/^(Tree=|end of trees)/.test(lines[at]!); at++)
    if (lines[at] !== "") header.push(lines[at]!);
  while (lines[at]?.startsWith("Tree=")) {
    const start = at++;
    while (at < lines.length && !/^(Tree=|end of trees)/.test(lines[at]!)) at++;
    trees.push(new Block(lines.slice(start, at), `tree ${trees.length}`));
  }
  if (lines[at] !== "end of trees") throw broken(`the text ends after ${trees.length} trees, before "end of trees"`);
  const block = new Block(header, "the header");
  const version = block.text("version");
  if (!versions.includes(version)) {
    throw new ModelError("estimator-unsupported", `LightGBM: the format ${printable(version, 10)} is not supported`, {
      hint: `Supported formats: ${versions.join(", ")}.`,
    });
  }
  return { header: block, trees, pandasCategories: readCategories(lines) };
}

/** Strings, which stay, and what Python's json writes for floats that JSON does not have. */
const pythonNumbers = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g;

/**
 * JSON has no infinite numbers, but reads one from digits that are too large. A category that is not a number never
 * matches: null.
 */
function infinite(token: string): string {
  if (token.startsWith('"')) return token;
  if (token === "NaN") return "null";
  return token.replace("Infinity", "1e999");
}

/** The last line, in JSON, where Python wrote the file. */
function readCategories(lines: readonly string[]): readonly (readonly unknown[])[] {
  const name = "pandas_categorical:";
  const line = lines.findLast((found) => found.startsWith(name));
  if (line === undefined) return [];
  try {
    const value: unknown = JSON.parse(line.slice(name.length).replace(pythonNumbers, infinite));
    if (value === null) return [];
    if (Array.isArray(value) && value.every((list) => Array.isArray(list))) return value;
  } catch {
    // Told below.
  }
  throw broken("pandas_categorical is not a list of lists");
}

export function broken(message: string): TepalError {
  return new ModelError("lightgbm-broken", `LightGBM model: ${message}`);
}
