import type { TepalError } from "../../base/index.js";
import type { Scalar } from "../core/model.js";
import { ModelError } from "../errors.js";
import { latin1Bytes } from "../pickle/text.js";
import { Built, kindOf, Tuple, type Value } from "../pickle/values.js";
import { DType, type Field } from "./dtype.js";
import { numberReader, scalarReader } from "./items.js";

/** numpy's own limit. */
const dimensionsMax = 32;

/** Items of an array whose items take no bytes (empty strings): no other limit applies. */
const emptyItemsMax = 1_000_000;

/** Bytes are little-endian here; on a big-endian machine every array is read item by item. */
const littleEndianMachine = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * numpy's array: a view of the file's bytes, or Python objects for dtype object. Its readers return values in row-major
 * order and make a copy at each call.
 */
export class NdArray extends Built {
  readonly kind = "numpy.ndarray";
  #dtype = new DType("f8");
  #shape: readonly number[] = [0];
  #columnMajor = false;
  #bytes: Uint8Array = new Uint8Array();
  #objects: readonly Value[] | undefined;

  /** @throws ModelError "numpy-broken" when the bytes or objects are not as many as dtype and shape need. */
  static of(
    dtype: DType,
    shape: readonly number[],
    columnMajor: boolean,
    content: Uint8Array | readonly Value[],
  ): NdArray {
    const array = new NdArray();
    array.#fill(dtype, shape, columnMajor, content);
    return array;
  }

  get dtype(): DType {
    return this.#dtype;
  }

  get shape(): readonly number[] {
    return this.#shape;
  }

  get size(): number {
    return this.#shape.reduce((product, length) => product * length, 1);
  }

  /** (version, shape, dtype, is column-major, bytes or list of objects) */
  override setState(state: Value): void {
    const [, shape, dtype, columnMajor, data] = state instanceof Tuple && state.items.length === 5 ? state.items : [];
    if (!(dtype instanceof DType) || data === undefined) throw broken(`An array's state is ${kindOf(state)}`);
    // Python 2's bytes are strings here, a character for each byte.
    const content = typeof data === "string" ? latin1Bytes(data) : data;
    if (!(content instanceof Uint8Array) && !Array.isArray(content))
      throw broken(`An array's content is ${kindOf(data)}`);
    this.#fill(dtype, shapeOf(shape), columnMajor === true || columnMajor === 1, content);
  }

  /** The items as doubles. */
  toNumbers(): Float64Array {
    if (this.#dtype.letter === "O") return Float64Array.from(this.objects(), (item) => numberOf(item));
    if (this.#dtype.code === "<f8" && littleEndianMachine && !this.#needsReorder) {
      // A copy: the bytes of an array rarely begin at a multiple of 8.
      return new Float64Array(this.#bytes.slice().buffer);
    }
    const out = new Float64Array(this.size);
    const read = numberReader(this.#dtype);
    this.#each((view, byte, index) => {
      out[index] = read(view, byte);
    });
    return out;
  }

  /**
   * The items as Python shows them: exact integers, bools, strings.
   * @throws ModelError "numpy-broken" for other objects
   */
  toScalars(): Scalar[] {
    if (this.#dtype.letter === "O") return this.objects().map((item) => scalarOf(item));
    const out = new Array<Scalar>(this.size);
    const read = scalarReader(this.#dtype);
    this.#each((view, byte, index) => {
      out[index] = read(view, byte);
    });
    return out;
  }

  /** One field of an array of records, as doubles. */
  toFieldNumbers(name: string): Float64Array {
    const { dtype, offset } = this.#field(name);
    const out = new Float64Array(this.size);
    const read = numberReader(dtype);
    this.#each((view, byte, index) => {
      out[index] = read(view, byte + offset);
    });
    return out;
  }

  hasField(name: string): boolean {
    return this.#dtype.fields.has(name);
  }

  /** The items of an array of dtype object. numpy lists them in row-major order, whatever the array's own is. */
  objects(): readonly Value[] {
    if (!this.#objects) throw broken(`Expected an array of objects, found dtype ${this.#dtype.code}`);
    return this.#objects;
  }

  #field(name: string): Field {
    const field = this.#dtype.fields.get(name);
    if (!field) throw broken(`The array has no field "${name}"; it has ${[...this.#dtype.fields.keys()].join(", ")}`);
    return field;
  }

  #fill(dtype: DType, shape: readonly number[], columnMajor: boolean, content: Uint8Array | readonly Value[]): void {
    if (shape.length > dimensionsMax) throw broken(`An array of ${shape.length} dimensions, at most ${dimensionsMax}`);
    for (const length of shape) {
      if (!Number.isSafeInteger(length) || length < 0) throw broken(`An array's shape holds ${length}`);
    }
    this.#dtype = dtype;
    this.#shape = shape;
    this.#columnMajor = columnMajor;
    const { size } = this;
    if (dtype.letter === "O") {
      if (content instanceof Uint8Array || content.length !== size) {
        throw broken(`An array of ${size} objects has ${content.length}`);
      }
      this.#objects = content;
      return;
    }
    if (!(content instanceof Uint8Array) || content.length !== size * dtype.itemBytes) {
      throw broken(`An array of ${size} items of ${dtype.itemBytes} bytes has ${content.length} bytes`);
    }
    if (dtype.itemBytes === 0 && size > emptyItemsMax) throw broken(`An array of ${size} empty items`);
    this.#bytes = content;
  }

  /** Whether the order in the file is not row-major. */
  get #needsReorder(): boolean {
    return this.#columnMajor && this.#shape.filter((length) => length !== 1).length > 1;
  }

  /** Visits the items in row-major order: the byte at which each begins, and its index. */
  #each(visit: (view: DataView, byte: number, index: number) => void): void {
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength);
    const { itemBytes } = this.#dtype;
    const { size } = this;
    if (!this.#needsReorder) {
      for (let index = 0; index < size; index++) visit(view, index * itemBytes, index);
      return;
    }
    const strides: number[] = [];
    let stride = 1;
    for (const length of this.#shape) {
      strides.push(stride);
      stride *= length;
    }
    const at = this.#shape.map(() => 0);
    let position = 0;
    for (let index = 0; index < size; index++) {
      visit(view, position * itemBytes, index);
      for (let axis = at.length - 1; axis >= 0; axis--) {
        position += strides[axis]!;
        if (++at[axis]! < this.#shape[axis]!) break;
        position -= strides[axis]! * this.#shape[axis]!;
        at[axis] = 0;
      }
    }
  }
}

/** A shape as pickles give it: a tuple of ints, or one int. */
export function shapeOf(value: Value | undefined): readonly number[] {
  const lengths = value instanceof Tuple ? value.items : [value];
  return lengths.map((length) => {
    if (typeof length !== "number") throw broken(`An array's shape holds ${kindOf(length)}`);
    return length;
  });
}

function numberOf(item: Value): number {
  if (typeof item === "number") return item;
  if (typeof item === "bigint" || typeof item === "boolean") return Number(item);
  throw broken(`Expected a number in an array of objects, found ${kindOf(item)}`);
}

function scalarOf(item: Value): Scalar {
  if (item === null || typeof item !== "object") return item;
  throw broken(`Expected numbers or strings in an array of objects, found ${kindOf(item)}`);
}

function broken(message: string): TepalError {
  return new ModelError("numpy-broken", message);
}
