// Parses JSON into a template's values. JSON.parse would lose what Java keeps: 1.0 distinct from 1, the order of
// keys, long numbers.

import { spend } from "../worker/budget.js";
import { JavaDouble, JavaList, type JavaMap, type Value } from "./values.js";

/** Jackson's default limits for nesting and for the length of a number. */
const depthMax = 1000;
const numberCharactersMax = 1000;
/** One step of the budget parses about this many characters. */
const charactersPerStep = 4;

export class JsonError extends Error {
  override readonly name = "JsonError";
}

/** @throws JsonError with the position, BudgetExceeded */
export function readJson(text: string): Value {
  spend(text.length / charactersPerStep);
  const reader = new JsonReader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

const numberPattern = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
/** What makes the text between two quotes differ from the value of the string, or invalid. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are invalid in JSON strings
const needsParsing = /[\\\u0000-\u001f]/;

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): Value {
    if (depth > depthMax) throw this.#fault(`nested deeper than ${depthMax}`);
    this.#space();
    switch (this.#text[this.#at]) {
      case "{":
        return this.#object(depth);
      case "[":
        return this.#array(depth);
      case '"':
        return this.#string();
      case "t":
        return this.#word("true", true);
      case "f":
        return this.#word("false", false);
      case "n":
        return this.#word("null", null);
      default:
        return this.#number();
    }
  }

  end(): void {
    this.#space();
    if (this.#at < this.#text.length) throw this.#fault("text after the value");
  }

  #object(depth: number): JavaMap {
    const members: JavaMap = new Map();
    this.#at++;
    if (this.#next("}")) return members;
    do {
      this.#space();
      const name = this.#string();
      if (!this.#next(":")) throw this.#fault('expected ":"');
      members.set(name, this.value(depth + 1));
    } while (this.#next(","));
    if (!this.#next("}")) throw this.#fault('expected "," or "}"');
    return members;
  }

  #array(depth: number): JavaList {
    const items: Value[] = [];
    this.#at++;
    if (this.#next("]")) return new JavaList(items, true);
    do items.push(this.value(depth + 1));
    while (this.#next(","));
    if (!this.#next("]")) throw this.#fault('expected "," or "]"');
    return new JavaList(items, true);
  }

  #string(): string {
    const start = this.#at;
    if (this.#text[start] !== '"') throw this.#fault("expected a string");
    let end = start;
    do end = this.#text.indexOf('"', end + 1);
    while (end >= 0 && this.#isEscaped(end));
    if (end < 0) throw this.#fault("an unterminated string");
    this.#at = end + 1;
    const plain = this.#text.slice(start + 1, end);
    if (!needsParsing.test(plain)) return plain;
    try {
      return JSON.parse(this.#text.slice(start, end + 1));
    } catch {
      this.#at = start;
      throw this.#fault("a string with an invalid escape or a line break");
    }
  }

  /** Whether an odd number of backslashes precedes the position. */
  #isEscaped(at: number): boolean {
    let before = at;
    while (this.#text[before - 1] === "\\") before--;
    return (at - before) % 2 === 1;
  }

  #number(): Value {
    const [text, fraction, exponent] = this.#match(numberPattern, "a value");
    // BigInt's time grows faster than the number of digits.
    if (text.length > numberCharactersMax) throw this.#fault(`a number longer than ${numberCharactersMax} characters`);
    if (fraction !== undefined || exponent !== undefined) return new JavaDouble(Number(text));
    const number = Number(text);
    return Number.isSafeInteger(number) ? number : BigInt(text);
  }

  #word<T>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) throw this.#fault("expected a value");
    this.#at += word.length;
    return value;
  }

  #match(pattern: RegExp, what: string): RegExpExecArray {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) throw this.#fault(`expected ${what}`);
    this.#at = pattern.lastIndex;
    return found;
  }

  #next(mark: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== mark) return false;
    this.#at++;
    return true;
  }

  #space(): void {
    // Most tokens follow each other directly, so this is faster than a regular expression.
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  #fault(what: string): JsonError {
    return new JsonError(`JSON: ${what} at character ${this.#at}`);
  }
}
