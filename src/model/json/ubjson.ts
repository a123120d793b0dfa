// UBJSON, as XGBoost writes it: JSON's values in binary, big-endian, arrays of numbers in one piece. https://ubjson.org

import { Cursor, type TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";
import type { Json, JsonObject } from "./fields.js";

const utf8 = new TextDecoder();

/** Nesting of objects and arrays: XGBoost's deepest has eight levels. */
const depthMax = 64;

interface NumberType {
  readonly bytes: number;
  readonly make: (length: number) => Int8Array | Uint8Array | Int16Array | Int32Array | Float32Array | Float64Array;
  readonly read: (view: DataView, at: number) => number;
}

/** Its number types by their markers. */
const numberTypes: ReadonlyMap<string, NumberType> = new Map([
  ["i", { bytes: 1, make: (length) => new Int8Array(length), read: (view, at) => view.getInt8(at) }],
  ["U", { bytes: 1, make: (length) => new Uint8Array(length), read: (view, at) => view.getUint8(at) }],
  ["I", { bytes: 2, make: (length) => new Int16Array(length), read: (view, at) => view.getInt16(at) }],
  ["l", { bytes: 4, make: (length) => new Int32Array(length), read: (view, at) => view.getInt32(at) }],
  ["L", { bytes: 8, make: (length) => new Float64Array(length), read: (view, at) => Number(view.getBigInt64(at)) }],
  ["d", { bytes: 4, make: (length) => new Float32Array(length), read: (view, at) => view.getFloat32(at) }],
  ["D", { bytes: 8, make: (length) => new Float64Array(length), read: (view, at) => view.getFloat64(at) }],
]);

/** @throws ModelError "xgboost-broken", "file-cut-short" */
export function readUbjson(file: Uint8Array): Json {
  return new Reader(file).value(0);
}

class Reader {
  readonly #bytes: Cursor;
  readonly #view: DataView;

  constructor(file: Uint8Array) {
    this.#bytes = new Cursor(file);
    this.#view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  }

  value(depth: number, marker = this.#marker()): Json {
    switch (marker) {
      case "{":
        return this.#object(depth + 1);
      case "[":
        return this.#array(depth + 1);
      case "Z":
        return null;
      case "T":
        return true;
      case "F":
        return false;
      case "S":
        return this.#text();
      case "C":
        return this.#marker();
      default:
        return this.#number(marker);
    }
  }

  #object(depth: number): JsonObject {
    this.#checkDepth(depth);
    const object: Record<string, Json> = Object.create(null);
    if (this.#taken("#")) {
      for (let count = this.#length(); count > 0; count--) object[this.#text()] = this.value(depth);
    } else {
      while (!this.#taken("}")) object[this.#text()] = this.value(depth);
    }
    return object;
  }

  #array(depth: number): Json {
    this.#checkDepth(depth);
    if (this.#taken("$")) return this.#numbers();
    const items: Json[] = [];
    if (this.#taken("#")) {
      for (let count = this.#length(); count > 0; count--) items.push(this.value(depth));
    } else {
      while (!this.#taken("]")) items.push(this.value(depth));
    }
    return items;
  }

  #numbers(): Json {
    const marker = this.#marker();
    const type = numberTypes.get(marker);
    if (!type || this.#marker() !== "#") throw this.#broken(`An array of type "${marker}"`);
    const length = this.#length();
    const start = this.#bytes.advance(length * type.bytes, "an array");
    const numbers = type.make(length);
    for (let index = 0; index < length; index++) numbers[index] = type.read(this.#view, start + index * type.bytes);
    return numbers;
  }

  #number(marker: string): number {
    const type = numberTypes.get(marker);
    if (!type) throw this.#broken(`The marker ${JSON.stringify(marker)}`);
    return type.read(this.#view, this.#bytes.advance(type.bytes, "a number"));
  }

  #length(): number {
    const length = this.#number(this.#marker());
    if (!Number.isSafeInteger(length) || length < 0) throw this.#broken(`The length ${length}`);
    return length;
  }

  #text(): string {
    return utf8.decode(this.#bytes.take(this.#length(), "text"));
  }

  #marker(): string {
    return String.fromCharCode(this.#bytes.uint8("a marker"));
  }

  /** Whether this marker comes next; then it is stepped over. */
  #taken(marker: string): boolean {
    if (this.#bytes.bytes[this.#bytes.offset] !== marker.charCodeAt(0)) return false;
    this.#bytes.advance(1, "a marker");
    return true;
  }

  #checkDepth(depth: number): void {
    if (depth > depthMax) throw this.#broken(`More than ${depthMax} nested objects`);
  }

  #broken(what: string): TepalError {
    const byte = this.#bytes.offset;
    return new ModelError("xgboost-broken", `XGBoost model: ${what} at byte ${byte}, which is not supported UBJSON`, {
      place: { byte },
    });
  }
}
