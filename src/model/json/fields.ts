// Values of an untrusted JSON document: each is checked when it is read, and errors show its path.

import type { TepalError } from "../../base/index.js";
import { printable } from "../pickle/text.js";

/** What JSON and UBJSON hold; UBJSON has arrays of numbers in one piece. */
export type Json = null | boolean | number | string | readonly Json[] | Numbers | JsonObject;
export type JsonObject = { readonly [name: string]: Json };
type Numbers = Int8Array | Uint8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** Makes the error of the format that the document is of. */
export type Broken = (message: string) => TepalError;

export class Fields {
  readonly #object: JsonObject;
  readonly path: string;
  readonly broken: Broken;

  constructor(value: Json | undefined, path: string, broken: Broken) {
    if (!isObject(value)) throw broken(`${path || "the document"} is ${kindOfJson(value)}, not an object`);
    this.#object = value;
    this.path = path;
    this.broken = broken;
  }

  get names(): readonly string[] {
    return Object.keys(this.#object);
  }

  get(name: string): Json | undefined {
    return Object.hasOwn(this.#object, name) ? this.#object[name] : undefined;
  }

  fields(name: string): Fields {
    return new Fields(this.get(name), this.#pathOf(name), this.broken);
  }

  optionalFields(name: string): Fields | undefined {
    return isObject(this.get(name)) ? this.fields(name) : undefined;
  }

  list(name: string): readonly Json[] {
    const value = this.get(name);
    if (!Array.isArray(value)) throw this.#expected("a list", name);
    return value;
  }

  /** The objects of a list. */
  objects(name: string): readonly Fields[] {
    return this.list(name).map((item, index) => new Fields(item, `${this.#pathOf(name)}[${index}]`, this.broken));
  }

  text(name: string): string {
    const value = this.get(name);
    if (typeof value !== "string") throw this.#expected("a string", name);
    return value;
  }

  /**
   * A number, or a string that contains one: XGBoost writes its parameters as strings. `missing` is the value of an
   * absent one.
   */
  number(name: string, missing?: number): number {
    const value = this.get(name) ?? missing;
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (typeof number !== "number" || Number.isNaN(number)) throw this.#expected("a number", name);
    return number;
  }

  count(name: string, missing?: number): number {
    const value = this.number(name, missing);
    if (!Number.isSafeInteger(value) || value < 0) throw this.#expected("a count", name);
    return value;
  }

  /** A list of numbers, with null for NaN. `length`: how many there must be. */
  numbers(name: string, length?: number): ArrayLike<number> {
    const value = numbersOf(this.get(name));
    if (!value) throw this.#expected("a list of numbers", name);
    if (length !== undefined && value.length !== length) {
      throw this.broken(`${this.#pathOf(name)} has ${value.length} values; expected ${length}`);
    }
    return value;
  }

  texts(name: string): readonly string[] {
    return this.list(name).map((value) => {
      if (typeof value !== "string") throw this.#expected("a list of strings", name);
      return value;
    });
  }

  #pathOf(name: string): string {
    return this.path === "" ? name : `${this.path}.${name}`;
  }

  #expected(what: string, name: string): TepalError {
    return this.broken(`expected ${what} as ${this.#pathOf(name)}, found ${kindOfJson(this.get(name))}`);
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isTyped(value);
}

function numbersOf(value: Json | undefined): ArrayLike<number> | undefined {
  if (isTyped(value)) return value;
  if (!Array.isArray(value)) return undefined;
  const numbers = new Float64Array(value.length);
  for (let index = 0; index < value.length; index++) {
    const item = value[index];
    if (item !== null && typeof item !== "number") return undefined;
    numbers[index] = item ?? Number.NaN;
  }
  return numbers;
}

function isTyped(value: Json | undefined): value is Numbers {
  return ArrayBuffer.isView(value);
}

function kindOfJson(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (typeof value === "string") return `the string "${printable(value, 30)}"`;
  if (typeof value !== "object") return String(value);
  return isObject(value) ? "an object" : "a list";
}
